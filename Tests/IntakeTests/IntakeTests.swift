import Catalogue
import Domain
import Foundation
import Intake
import NIOCore
import Storage
import TestSupport
import Testing

@Suite("Taking files")
struct IntakeTests {
    @Test("stages the exact bytes privately, hashes them, and queues the picture", arguments: [5, 262_144, 700_001])
    func admission(size: Int) async throws {
        let under = try await IntakeUnderTest()
        let bytes = IntakeUnderTest.jpeg(size)
        let outcome = try await under.send(.file("DCIM/100GOPRO/G1.JPG", bytes, fields: [("isBlurred", "true")]))
        guard case .admitted(let file) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(file.path == "DCIM/100GOPRO/G1.JPG")
        #expect(file.size == Int64(size))
        #expect(file.sha256 == IntakeUnderTest.sha256(bytes))
        #expect(file.md5 == IntakeUnderTest.md5(bytes))
        let name = try #require(try under.staged.first)
        let path = under.intake.staging.path(of: name)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == bytes)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        let id = try #require(file.pictureID)
        let treatment = try await under.test.catalogue.pictures.treatment(id)
        #expect(treatment?.stagedName == name)
        #expect(treatment?.picture.originalName == "G1.JPG")
        #expect(try await under.test.claim().map(\.step) == [.inspect(id)])
    }

    @Test("takes the path of our own clients rather than the file's name, and equal names in two folders")
    func paths() async throws {
        let under = try await IntakeUnderTest()
        for folder in ["100GOPRO", "101GOPRO"] {
            let bytes = IntakeUnderTest.jpeg(1000, seed: UInt64(folder.utf8.reduce(0) { $0 + Int($1) }))
            try await under.send(.file("G1.JPG", bytes, fields: [("path", "\(folder)/G1.JPG")]))
        }
        var late = Form()
        late.add(file: "G2.JPG", IntakeUnderTest.jpeg(900))
        late.add("path", "102GOPRO/G2.JPG")
        try await under.send(late.closed())
        let paths = try await under.files().map(\.path).sorted()
        #expect(paths == ["100GOPRO/G1.JPG", "101GOPRO/G1.JPG", "102GOPRO/G2.JPG"])
        #expect(try under.staged.count == 3)
    }

    @Test("answers bytes that are there already with their picture, and keeps no copy")
    func duplicates() async throws {
        let under = try await IntakeUnderTest()
        let form = Form.file("a.jpg", IntakeUnderTest.jpeg(5000))
        guard case .admitted(let first) = try await under.send(form) else { throw IntakeUnderTest.Broken() }
        let again = try await under.send(form)
        #expect(again == .duplicate(of: try #require(first.pictureID), inSet: under.set.id, sha256: first.sha256))
        let renamed = try await under.send(.file("b.jpg", IntakeUnderTest.jpeg(5000)))
        #expect(renamed == again)
        #expect(try under.staged.count == 1)
    }

    @Test("takes the same bytes once when they arrive many times at once")
    func race() async throws {
        let under = try await IntakeUnderTest()
        let form = Form.file("a.jpg", IntakeUnderTest.jpeg(50_000))
        let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    if case .admitted = try await under.send(form, piece: 999) { true } else { false }
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(admitted == 1)
        #expect(try under.staged.count == 1)
    }

    @Test(
        "refuses what is no picture with a reason, records it, and keeps nothing",
        arguments: [
            ("G1.MP4", [1, 2, 3], "video"), ("G1.THM", [0xFF, 0xD8, 0xFF], "video_preview"),
            ("G1.LRV", [1], "video_preview"),
            ("G1.GPR", [1], "not_raw_content"), ("G1.NEF", [0xFF, 0xD8, 0xFF], "not_raw_content"),
            ("a.x3f", [1], "raw"), ("a.heic", [1], "heic"), ("a.png", [1], "other_format"),
            ("phone.jpg", Array("\0\0\0\u{18}ftypheic\0\0\0\0".utf8), "heic"),
            ("track.gpx", [1], "track"),
            ("notes", [1], "not_jpeg"), ("a.jpg.exe", [1], "not_jpeg"), ("empty.jpg", [], "empty"),
            ("text.jpg", Array("hello".utf8), "not_jpeg_content"), ("short.jpg", [0xFF, 0xD8], "not_jpeg_content"),
            ("../a.jpg", [0xFF, 0xD8, 0xFF, 0xE0], "name_leads_out"),
            ("/a.jpg", [0xFF, 0xD8, 0xFF, 0xE0], "name_absolute"),
            ("a%00.jpg", [0xFF, 0xD8, 0xFF, 0xE0], "name_control_character"),
            (String(repeating: "x", count: 1100) + ".jpg", [0xFF, 0xD8, 0xFF, 0xE0], "name_too_long"),
        ] as [(String, [UInt8], String)])
    func refusals(name: String, content: [UInt8], cause: String) async throws {
        let under = try await IntakeUnderTest()
        guard case .refused(let file) = try await under.send(.file(name, content)) else {
            Issue.record("\(name) was taken")
            return
        }
        #expect(file.rejection?.reason == .invalidFile)
        #expect(file.rejection?.details["cause"] == cause)
        #expect(file.size == Int64(content.count))
        #expect(file.sha256 == IntakeUnderTest.sha256(content))
        #expect(try under.staged.isEmpty)
        #expect(try await under.files().map(\.id) == [file.id])
    }

    @Test("stops reading a file over the limit, and records its name and announced size")
    func tooLarge() async throws {
        let under = try await IntakeUnderTest(maximumFileSize: 300_000)
        let bytes = IntakeUnderTest.jpeg(900_000)
        guard case .refused(let file) = try await under.send(.file("big.jpg", bytes)) else {
            throw IntakeUnderTest.Broken()
        }
        #expect(file.rejection?.details["cause"] == "too_large")
        #expect(file.size == 900_000)
        #expect(try under.staged.isEmpty)
        guard case .admitted = try await under.send(.file("ok.jpg", IntakeUnderTest.jpeg(300_000))) else {
            throw IntakeUnderTest.Broken()
        }
    }

    @Test(
        "leaves nothing of a body that is shorter or longer than announced, cut off or malformed",
        arguments: [100, 300_000, 400_050])
    func interrupted(cut: Int) async throws {
        let under = try await IntakeUnderTest()
        let form = Form.file("a.jpg", IntakeUnderTest.jpeg(400_000))
        await expect(.invalid) { try await under.send(form, cut: cut) }
        await expect(.invalid) { try await under.send(form, cut: cut, breaking: true) }
        await expect(.invalid) { try await under.send(form, announced: Int64(cut), cut: cut) }
        await expect(.invalid) { try await under.send(form, announced: Int64(cut)) }
        #expect(try under.staged.isEmpty)
        #expect(try await under.files().isEmpty)
    }

    @Test("leaves nothing when the request is cancelled half-way")
    func cancelled() async throws {
        let under = try await IntakeUnderTest()
        let (stream, feed) = AsyncThrowingStream<ByteBuffer, any Error>.makeStream()
        let task = Task {
            try await under.intake.receive(
                multipart: stream, boundary: IntakeUnderTest.boundary, announcedLength: nil, into: under.set,
                viewer: under.account.viewer)
        }
        feed.yield(ByteBuffer(bytes: Form.file("a.jpg", IntakeUnderTest.jpeg(600_000)).bytes.dropLast(1000)))
        while try under.staged.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(try under.staged.isEmpty)
        #expect(try await under.files().isEmpty)
    }

    @Test("refuses forms it cannot honour, and leaves nothing")
    func forms() async throws {
        let under = try await IntakeUnderTest()
        let bytes = IntakeUnderTest.jpeg(1000)
        var none = Form()
        none.add("isBlurred", "true")
        await expect(.invalid) { try await under.send(none.closed()) }
        var two = Form()
        two.add(file: "a.jpg", bytes)
        two.add(file: "b.jpg", bytes, field: "picture")
        await expect(.invalid) { try await under.send(two.closed()) }
        await expect(.invalid) {
            try await under.send(.file("a.jpg", bytes, fields: [("path", String(repeating: "x", count: 70_000))]))
        }
        for field in ["override_latitude", "override_capture_time", "override_Exif.Photo.FNumber"] {
            await expect(.unprocessable) { try await under.send(.file("a.jpg", bytes, fields: [(field, "1")])) }
        }
        await expect(.unprocessable) { try await under.send(.file("a.jpg", bytes, fields: [("picture_id", "7")])) }
        #expect(try under.staged.isEmpty)
        #expect(try await under.files().isEmpty)
    }

    @Test("uses a chosen id once; an id that exists is a conflict")
    func chosenIDs() async throws {
        let under = try await IntakeUnderTest()
        let id = PictureID()
        let fields = [("picture_id", id.string.uppercased()), ("override_latitude", "")]
        let outcome = try await under.send(.file("a.jpg", IntakeUnderTest.jpeg(1000), fields: fields))
        guard case .admitted(let file) = outcome else { throw IntakeUnderTest.Broken() }
        #expect(file.pictureID == id)
        await expect(.conflict) {
            try await under.send(.file("b.jpg", IntakeUnderTest.jpeg(1000, seed: 2), fields: fields))
        }
        #expect(try under.staged.count == 1)
    }

    @Test("leaves nothing when the upload set is gone")
    func setGone() async throws {
        let under = try await IntakeUnderTest()
        try await under.test.catalogue.uploadSets.delete(under.set.id)
        await expect(.notFound) { try await under.send(.file("a.jpg", IntakeUnderTest.jpeg(1000))) }
        #expect(try under.staged.isEmpty)
    }

    @Test("takes local files as it takes sent ones, and leaves them alone")
    func localFiles() async throws {
        let under = try await IntakeUnderTest(maximumFileSize: 500_000)
        let folder = under.test.folder
        func take(_ bytes: [UInt8], as name: String) async throws -> IntakeOutcome {
            let path = folder.file("source")
            try Data(bytes).write(to: URL(filePath: path))
            let outcome = try await under.intake.receive(
                fileAt: path, as: name, into: under.set, viewer: under.account.viewer)
            #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == bytes)
            return outcome
        }
        let bytes = IntakeUnderTest.jpeg(400_000)
        guard case .admitted(let file) = try await take(bytes, as: "100/a.jpg") else { throw IntakeUnderTest.Broken() }
        #expect(file.sha256 == IntakeUnderTest.sha256(bytes))
        #expect(file.md5 == IntakeUnderTest.md5(bytes))
        guard case .duplicate = try await take(bytes, as: "101/a.jpg") else { throw IntakeUnderTest.Broken() }
        guard case .refused(let large) = try await take(IntakeUnderTest.jpeg(600_000), as: "b.jpg") else {
            throw IntakeUnderTest.Broken()
        }
        #expect(large.size == 600_000)
        guard case .refused = try await take([], as: "c.jpg") else { throw IntakeUnderTest.Broken() }
        guard case .refused = try await take(bytes, as: "d.mp4") else { throw IntakeUnderTest.Broken() }
        #expect(try under.staged.count == 1)
        await expect(.notFound) {
            try await under.intake.receive(
                fileAt: folder.file("none"), as: "e.jpg", into: under.set, viewer: under.account.viewer)
        }
    }

    private func expect(
        _ code: Failure.Code, location: SourceLocation = #_sourceLocation, _ body: () async throws -> IntakeOutcome
    ) async {
        do {
            let outcome = try await body()
            Issue.record("taken: \(outcome)", sourceLocation: location)
        } catch let failure as Failure {
            #expect(failure.code == code, sourceLocation: location)
        } catch {
            Issue.record(error, sourceLocation: location)
        }
    }
}
