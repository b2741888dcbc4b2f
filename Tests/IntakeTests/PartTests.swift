import Catalogue
import Domain
import Foundation
import Intake
import NIOCore
import Storage
import TestSupport
import Testing

@Suite("Taking a file in parts")
struct PartTests {
    private func begin(_ under: IntakeUnderTest, _ length: Int) async throws -> PartialUpload {
        let beginning = try await under.intake.begin(
            PartialAnnouncement(name: "a.jpg", length: Int64(length)), into: under.set, isNew: false,
            by: under.account.id)
        guard case .begun(let upload) = beginning else { throw IntakeUnderTest.Broken() }
        return upload
    }

    /// Sends a part in pieces of 100 kB.
    private func send(
        _ under: IntakeUnderTest, _ part: ArraySlice<UInt8>, at offset: Int, of upload: PartialUpload,
        announced: Int? = nil, checksum: PartChecksum? = nil, breaking: Bool = false
    ) async throws -> PartialProgress {
        let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            for start in stride(from: part.startIndex, to: part.endIndex, by: 100_000) {
                continuation.yield(ByteBuffer(bytes: part[start..<min(start + 100_000, part.endIndex)]))
            }
            continuation.finish(throwing: breaking ? IntakeUnderTest.Broken() : nil)
        }
        return try await under.intake.receive(
            part: stream, at: Int64(offset), announcedLength: announced.map { Int64($0) }, checksum: checksum,
            of: try await current(upload, under), viewer: under.account.viewer)
    }

    private func current(_ upload: PartialUpload, _ under: IntakeUnderTest) async throws -> PartialUpload {
        try #require(try await under.test.catalogue.partialUploads.find(upload.id, viewer: under.account.viewer))
    }

    private func bytes(_ under: IntakeUnderTest) throws -> [UInt8] {
        let name = try #require(try under.staged.first)
        return try [UInt8](Data(contentsOf: URL(filePath: under.intake.staging.path(of: name))))
    }

    @Test("puts them together privately, and makes the picture of exactly those bytes")
    func whole() async throws {
        let under = try await IntakeUnderTest()
        let file = IntakeUnderTest.jpeg(700_000)
        let upload = try await begin(under, file.count)
        var offset = 0
        for end in [1, 300_000, 300_001, 700_000] {
            let progress = try await send(under, file[offset..<end], at: offset, of: upload, announced: end - offset)
            #expect(progress.upload.received == Int64(end))
            #expect((progress.outcome != nil) == (end == file.count))
            offset = end
        }
        #expect(try bytes(under) == file)
        let path = under.intake.staging.path(of: try #require(try under.staged.first))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        let files = try await under.files()
        #expect(files.map(\.sha256) == [IntakeUnderTest.sha256(file)])
        #expect(files.map(\.md5) == [IntakeUnderTest.md5(file)])
        let picture = try #require(files.first?.pictureID)
        #expect(try await current(upload, under).arrival == .admitted(picture))
        #expect(try await under.test.claim().map(\.step) == [.inspect(picture)])
    }

    @Test("keeps what arrived before the connection broke, or ended too early; with a checksum nothing of the part")
    func broken() async throws {
        let under = try await IntakeUnderTest()
        let file = IntakeUnderTest.jpeg(500_000)
        let upload = try await begin(under, file.count)
        for (end, breaking) in [(150_000, true), (320_000, false)] {
            let start = Int(try await current(upload, under).received)
            await expect(.invalid) {
                try await send(
                    under, file[start..<end], at: start, of: upload, announced: file.count - start, breaking: breaking)
            }
            #expect(try await current(upload, under).received == Int64(end))
        }
        let checksum = PartChecksum(.md5, digest: [])
        await expect(.invalid) {
            try await send(under, file[320_000..<400_000], at: 320_000, of: upload, checksum: checksum, breaking: true)
        }
        await expect(.checksumMismatch) {
            try await send(under, file[320_000...], at: 320_000, of: upload, checksum: checksum)
        }
        #expect(try await current(upload, under).received == 320_000)
        let progress = try await send(under, file[320_000...], at: 320_000, of: upload)
        guard case .admitted = progress.outcome else { throw IntakeUnderTest.Broken() }
        #expect(try bytes(under) == file)
    }

    @Test("what a dying server had written and not counted is cut away, and all it had counted is there")
    func uncounted() async throws {
        let under = try await IntakeUnderTest()
        let file = IntakeUnderTest.jpeg(500_000)
        let upload = try await begin(under, file.count)
        _ = try await send(under, file[..<200_000], at: 0, of: upload)
        let path = under.intake.staging.path(of: try #require(upload.stagedName))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(repeating: 7, count: 100_000))
        try handle.close()
        _ = try await send(under, file[200_000...], at: 200_000, of: upload)
        #expect(try bytes(under) == file)
    }

    @Test("a part of many megabytes is counted on the way, so that little of it can be lost")
    func checkpoints() async throws {
        let under = try await IntakeUnderTest(maximumFileSize: 20_000_000)
        let upload = try await begin(under, 12_000_000)
        let (stream, feed) = AsyncThrowingStream<ByteBuffer, any Error>.makeStream()
        let task = Task {
            try await under.intake.receive(
                part: stream, at: 0, announcedLength: nil, checksum: nil, of: upload, viewer: under.account.viewer)
        }
        feed.yield(ByteBuffer(bytes: IntakeUnderTest.jpeg(1_000_000)))
        for _ in 0..<9 { feed.yield(ByteBuffer(repeating: 3, count: 1_000_000)) }
        try await eventually { try await current(upload, under).received > 8_000_000 }
        feed.finish(throwing: IntakeUnderTest.Broken())
        await #expect(throws: Failure.self) { try await task.value }
        #expect(try await current(upload, under).received == 10_000_000)
    }

    @Test("only one request at a time goes on with a file, and each says where")
    func alone() async throws {
        let under = try await IntakeUnderTest()
        let upload = try await begin(under, 1000)
        do {
            let held = try under.intake.staging.reopen(try #require(upload.stagedName))
            let failure = await #expect(throws: Failure.self) {
                try await send(under, [0xFF, 0xD8, 0xFF], at: 0, of: upload)
            }
            #expect(failure?.details["reason"] == "upload_busy")
            withExtendedLifetime(held) {}
        }
        await expect(.conflict) { try await send(under, [1], at: 5, of: upload) }
        await expect(.tooLarge) { try await send(under, ArraySlice(repeating: 1, count: 1001), at: 0, of: upload) }
        #expect(try await current(upload, under).received == 0)
        #expect(try under.staged.count == 1)
    }

    @Test("a file whose last byte came just before the server died is settled at the next start")
    func settled() async throws {
        let under = try await IntakeUnderTest()
        let file = IntakeUnderTest.jpeg(5000)
        let upload = try await begin(under, file.count)
        let path = under.intake.staging.path(of: try #require(upload.stagedName))
        try Data(file).write(to: URL(filePath: path))
        try await under.test.catalogue.partialUploads.advance(
            upload.id, to: Int64(file.count), until: .now.addingTimeInterval(60))
        #expect(try await under.intake.settleWhole().settled == 1)
        #expect(try await under.files().map(\.sha256) == [IntakeUnderTest.sha256(file)])
        #expect(try await current(upload, under).arrival != nil)
        #expect(try await under.intake.settleWhole().settled == 0)
    }

    @Test("one that cannot be settled for want of room keeps neither the others nor the start", arguments: [0, 1])
    func unsettled(failing: Int) async throws {
        let under = try await IntakeUnderTest()
        let files = [IntakeUnderTest.jpeg(5000), IntakeUnderTest.jpeg(5000, seed: 2)]
        for file in files {
            let upload = try await begin(under, file.count)
            let path = under.intake.staging.path(of: try #require(upload.stagedName))
            try Data(file).write(to: URL(filePath: path))
            try await under.test.catalogue.partialUploads.advance(
                upload.id, to: Int64(file.count), until: .now.addingTimeInterval(60))
        }
        // A database that has no room for the one file's row.
        let engine = FullEngine(engine: under.test.catalogue.engine, refusing: failing)
        let intake = Intake(
            catalogue: Catalogue(engine: engine), staging: under.intake.staging, maximumFileSize: 1_000_000)
        let (settled, failures) = try await intake.settleWhole()
        #expect(settled == 1 && failures.map(\.code) == [.noSpace])
        #expect(try await under.files().count == 1)
        #expect(try await under.intake.settleWhole().settled == 1)
        #expect(Set(try await under.files().map(\.sha256)) == Set(files.map(IntakeUnderTest.sha256)))
    }

    @Test("an id that exists ends it, since no later try could go better")
    func chosenID() async throws {
        let under = try await IntakeUnderTest()
        guard case .admitted(let known) = try await under.send(.file("k.jpg", IntakeUnderTest.jpeg(500))) else {
            throw IntakeUnderTest.Broken()
        }
        let file = IntakeUnderTest.jpeg(1000, seed: 2)
        let announcement = PartialAnnouncement(name: "a.jpg", length: 1000, pictureID: known.pictureID)
        let beginning = try await under.intake.begin(
            announcement, into: under.set, isNew: false, by: under.account.id)
        guard case .begun(let upload) = beginning else { throw IntakeUnderTest.Broken() }
        await expect(.conflict) { try await send(under, file[...], at: 0, of: upload) }
        #expect(try under.staged.count == 1)
        let found = try await under.test.catalogue.partialUploads.find(upload.id, viewer: under.account.viewer)
        #expect(found == nil)
    }

    private func expect(
        _ code: Failure.Code, location: SourceLocation = #_sourceLocation,
        _ body: () async throws -> PartialProgress
    ) async {
        do {
            let progress = try await body()
            Issue.record("taken: \(progress)", sourceLocation: location)
        } catch let failure as Failure {
            #expect(failure.code == code, sourceLocation: location)
        } catch {
            Issue.record(error, sourceLocation: location)
        }
    }
}
