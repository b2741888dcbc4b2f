import Darkroom
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The tables the tag reader needs")
struct MetadataTablesTests {
    private static let header =
        "\"make\";\"model\";\"sensor_width\";\"is_360\";\"gps_accuracy\";\"focal_length\";\"field_of_view\"\n"

    @Test("a missing table is told in one sentence that says what to do")
    func missing() {
        let failure = #expect(throws: Failure.self) { try TagReader(tablesFolder: "/nowhere") }
        #expect(failure?.code == .unavailable)
        #expect(failure?.message.contains("set-up") == true)
    }

    @Test("a damaged table is refused", arguments: ["", "WTZ1", "WTZ1" + String(repeating: "\u{7F}", count: 200)])
    func damaged(zones: String) throws {
        let folder = try TemporaryFolder()
        try Data(Self.header.utf8).write(to: URL(fileURLWithPath: folder.file("cameras.csv")))
        try Data(zones.utf8).write(to: URL(fileURLWithPath: folder.file("timezones.bin")))
        let failure = #expect(throws: Failure.self) {
            try TagReader(tablesFolder: folder.path)
        }
        #expect(failure?.code == .internalError)
    }

    @Test("a zone table cut short is refused")
    func truncated() throws {
        let folder = try TemporaryFolder()
        let whole = try Data(
            contentsOf: URL(fileURLWithPath: MetadataTables.folder).appending(path: "timezones.bin"),
            options: .alwaysMapped)
        try Data(Self.header.utf8).write(to: URL(fileURLWithPath: folder.file("cameras.csv")))
        try whole.prefix(1_000_000).write(to: URL(fileURLWithPath: folder.file("timezones.bin")))
        #expect(throws: Failure.self) { try TagReader(tablesFolder: folder.path) }
    }

    @Test("the longest model name that fits decides")
    func longestModel() throws {
        let folder = try TemporaryFolder()
        let rows = "\"Acme\";\"X1\";\"6.0\";;\"9\";\"2.0\";\n\"Acme\";\"X1 Pro\";\"12.0\";;\"3\";;\"100\"\n"
        try Data((Self.header + rows).utf8).write(to: URL(fileURLWithPath: folder.file("cameras.csv")))
        try FileManager.default.createSymbolicLink(
            at: URL(fileURLWithPath: folder.file("timezones.bin")),
            withDestinationURL: URL(fileURLWithPath: MetadataTables.folder).appending(path: "timezones.bin"))
        let reader = try TagReader(tablesFolder: folder.path)
        var file = TaggedFile()
        file.image[0x010F] = .ascii("ACME Corporation")
        file.image[0x0110] = .ascii("X1 Pro Max")
        var tags = try reader.read(file.data(), width: 4000, height: 3000)
        #expect(tags.horizontalAccuracy == 3 && tags.sensorWidth == 12 && tags.fieldOfView == 100)
        file.image[0x0110] = .ascii("X1 Mini")
        tags = try reader.read(file.data(), width: 4000, height: 3000)
        #expect(tags.horizontalAccuracy == 9 && tags.focalLength == 2)
    }
}
