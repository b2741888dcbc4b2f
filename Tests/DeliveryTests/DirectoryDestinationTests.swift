import Delivery
import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("A folder as a destination")
struct DirectoryDestinationTests {
    private let folder: TemporaryFolder
    private let place: DirectoryDestination
    private var root: String { folder.file("mirror") }

    init() throws {
        folder = try TemporaryFolder()
        place = DirectoryDestination(root: folder.file("mirror"))
    }

    private func file(_ name: String, _ text: String = "bytes", sha256: String? = nil) throws -> OutgoingFile {
        let path = folder.file(UUID().uuidString)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return OutgoingFile(
            path: path, name: name, size: Int64(text.utf8.count), sha256: sha256 ?? DeliveryScene.hash(text),
            type: "image/jpeg")
    }

    private func content(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(root)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("a file is put, replaced, listed, read and deleted with the folders that are empty then")
    func life() async throws {
        try await place.prepare()
        try await place.put(try file("a/b/1.jpg"))
        try await place.put(try file("a/b/1.jpg", "others"))
        try await place.put(try file("a.jpg"))
        try await place.put(try file("a/2.jpg"))
        #expect(content("a/b/1.jpg") == "others")
        #expect(try await place.list(after: nil, limit: 2).map(\.name) == ["a.jpg", "a/2.jpg"])
        #expect(
            try await place.list(after: "a/2.jpg", limit: 9) == [DeliveredEntry(name: "a/b/1.jpg", size: 6)])
        try await place.read("a/b/1.jpg", into: folder.file("copy"))
        #expect(try String(contentsOfFile: folder.file("copy"), encoding: .utf8) == "others")
        for name in ["a/b/1.jpg", "a/b/1.jpg", "a/2.jpg", "a.jpg"] { try await place.delete(name) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root) == [".wayside-destination"])
        await #expect(throws: Failure.self) { try await place.read("a.jpg", into: folder.file("other")) }
    }

    @Test("a file that is another one than it should be is not left there")
    func damaged() async throws {
        try await place.prepare()
        let outgoing = try file("a.jpg", sha256: DeliveryScene.hash("other"))
        await #expect(throws: Failure.self) { try await place.put(outgoing) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root) == [".wayside-destination"])
    }

    @Test("a mirror that is not mounted gets nothing: the folder below it is not filled")
    func unmounted() async throws {
        try await place.prepare()
        try FileManager.default.moveItem(atPath: root, toPath: folder.file("elsewhere"))
        for isThere in [false, true] {
            if isThere { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false) }
            let outgoing = try file("a.jpg")
            for work: () async throws -> Void in [
                { try await place.put(outgoing) }, { try await place.delete("a.jpg") }, { try await place.check() },
                { _ = try await place.list(after: nil, limit: 1) },
            ] {
                let failure = try await #require(throws: Failure.self) { try await work() }
                #expect(failure.code == .unavailable && failure.message.contains("mounted"))
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root).isEmpty)
        try FileManager.default.removeItem(atPath: root)
        try FileManager.default.moveItem(atPath: folder.file("elsewhere"), toPath: root)
        try await place.put(try file("a.jpg"))
        #expect(content("a.jpg") == "bytes")
    }

    @Test("names that lead elsewhere are not taken", arguments: ["../a.jpg", "a//b.jpg", ".hidden", "a/../../b", "/a"])
    func names(name: String) async throws {
        try await place.prepare()
        let outgoing = try file(name)
        let failure = try await #require(throws: Failure.self) { try await place.put(outgoing) }
        #expect(failure.code == .unprocessable)
    }
}
