import Catalogue
import Domain
import Foundation
import Intake
import NIOCore
import Storage
import TestSupport
import Testing

@Suite("Taking raw files")
struct RawIntakeTests {
    private static func nef(_ size: Int = 4000) -> [UInt8] { Array("MM\0*".utf8) + IntakeUnderTest.jpeg(size - 4) }

    private func keep(_ under: IntakeUnderTest) async throws {
        try await under.test.catalogue.originals.setRule(try OriginalsRule(.keep), of: under.set.labelID)
    }

    /// In parts, as tus does.
    private func sendParts(_ under: IntakeUnderTest, _ name: String, _ bytes: [UInt8]) async throws -> IntakeOutcome? {
        let beginning = try await under.intake.begin(
            PartialAnnouncement(name: name, length: Int64(bytes.count)), into: under.set, isNew: false,
            by: under.account.id)
        guard case .begun(let upload) = beginning else { return nil }
        var outcome: IntakeOutcome?
        for start in stride(from: 0, to: bytes.count, by: 1500) {
            let part = bytes[start..<min(start + 1500, bytes.count)]
            let stream = AsyncThrowingStream<ByteBuffer, any Error> {
                $0.yield(ByteBuffer(bytes: part))
                $0.finish()
            }
            let known = try #require(
                try await under.test.catalogue.partialUploads.find(upload.id, viewer: under.account.viewer))
            outcome = try await under.intake.receive(
                part: stream, at: Int64(start), announcedLength: Int64(part.count), checksum: nil, of: known,
                viewer: under.account.viewer
            ).outcome
        }
        return outcome
    }

    private func put(_ under: IntakeUnderTest, _ name: String, _ bytes: [UInt8]) async throws -> IntakeOutcome {
        let stream = AsyncThrowingStream<ByteBuffer, any Error> {
            $0.yield(ByteBuffer(bytes: bytes))
            $0.finish()
        }
        return try await under.intake.receive(
            file: stream, as: name, announcedLength: Int64(bytes.count), sha256: nil, into: under.set,
            viewer: under.account.viewer)
    }

    enum Way: CaseIterable { case form, parts, put, local }

    private func send(
        _ way: Way, _ under: IntakeUnderTest, _ name: String, _ bytes: [UInt8]
    ) async throws -> IntakeOutcome? {
        switch way {
        case .form: return try await under.send(.file("x", bytes, fields: [("path", name)]))
        case .parts: return try await sendParts(under, name, bytes)
        case .put: return try await put(under, name, bytes)
        case .local:
            let path = under.test.folder.file(UUID().uuidString)
            try Data(bytes).write(to: URL(filePath: path))
            return try await under.intake.receive(
                fileAt: path, as: name, into: under.set, viewer: under.account.viewer)
        }
    }

    @Test("a JPEG and its raw file are one picture, whichever way each comes", arguments: Way.allCases, Way.allCases)
    func ways(first: Way, second: Way) async throws {
        for isRawFirst in [true, false] {
            let under = try await IntakeUnderTest()
            try await keep(under)
            let files = [("100/A1.NEF", Self.nef()), ("100/A1.JPG", IntakeUnderTest.jpeg(3000))]
            let (one, two) = isRawFirst ? (files[0], files[1]) : (files[1], files[0])
            guard case .admitted(let earlier) = try await send(first, under, one.0, one.1),
                case .admitted(let later) = try await send(second, under, two.0, two.1)
            else { throw IntakeUnderTest.Broken() }
            #expect(earlier.pictureID == later.pictureID)
            #expect(later.sha256 == IntakeUnderTest.sha256(two.1))
            #expect(try under.staged.count == 2)
            let needed = try await under.test.catalogue.pictures.stagedNames(among: under.staged)
            #expect(try needed == Set(under.staged))
            let id = try #require(later.pictureID)
            for (way, file) in [(second, one), (first, two)] {
                let again = try await send(way, under, file.0, file.1)
                #expect(
                    again == .duplicate(of: id, inSet: under.set.id, sha256: IntakeUnderTest.sha256(file.1)))
            }
            #expect(try under.staged.count == 2)
        }
    }

    @Test(
        "where originals are discarded a raw file beside its JPEG is refused, and nothing of it stays",
        arguments: Way.allCases)
    func discard(way: Way) async throws {
        let under = try await IntakeUnderTest()
        try await under.send(.file("A1.JPG", IntakeUnderTest.jpeg(3000)))
        guard case .refused(let file) = try await send(way, under, "A1.NEF", Self.nef()) else {
            throw IntakeUnderTest.Broken()
        }
        #expect(file.rejection?.details["cause"] == "raw_discarded" && file.pictureID == nil)
        #expect(try await under.files().count == 2)
        let needed = try await under.test.catalogue.pictures.stagedNames(among: under.staged)
        #expect(try needed == Set(under.staged) && needed.count == 1)
    }

    @Test("a label without raw files refuses one by its name, before its bytes come")
    func early() async throws {
        let under = try await IntakeUnderTest()
        try await under.test.catalogue.originals.setRule(
            try OriginalsRule(.keep, takesRaw: false), of: under.set.labelID)
        #expect(try await sendParts(under, "A1.NEF", Self.nef()) == nil)
        guard case .refused(let file) = try await put(under, "A2.DNG", Self.nef()) else {
            throw IntakeUnderTest.Broken()
        }
        #expect(file.rejection?.details == ["cause": "raw_refused", "extension": "dng"])
        #expect(try await under.files().count == 2 && under.staged.isEmpty)
    }

    @Test(
        "every kind of raw file is known by how it starts",
        arguments: [
            "II*\0", "MM\0*", "IIRO", "IIRS", "MMOR", "IIU\0", "FUJIFILMCCD-RAW", "\0\0\0\u{18}ftypcrx ",
        ])
    func starts(start: String) async throws {
        let under = try await IntakeUnderTest()
        let outcome = try await put(under, "A1.cr3", Array(start.utf8) + IntakeUnderTest.jpeg(100))
        guard case .admitted = outcome else { throw IntakeUnderTest.Broken() }
        // What is named JPEG has to be one.
        guard case .refused = try await put(under, "A2.jpg", Array(start.utf8) + IntakeUnderTest.jpeg(100)) else {
            throw IntakeUnderTest.Broken()
        }
    }
}
