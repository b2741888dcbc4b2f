import Domain
import Foundation
import TestSupport
import Testing

/// What goes wrong on the way in: each time a status, a sentence, nothing left behind, and the server up.
@Suite("Bad input on the built server", .timeLimit(.minutes(5)))
struct BadInputTests {
    /// A file that cannot become a picture.
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let reason: String
        let make: @Sendable () -> Data
        var name = "bad.jpg"

        var testDescription: String { what }
    }

    private static func jpeg(_ change: (inout TestJPEG) -> Void) -> Data {
        var jpeg = TestJPEG.drive(99)
        change(&jpeg)
        return jpeg.data()
    }

    private static let cases = [
        Case(what: "a text file called .jpg", reason: "invalid_file", make: { Data("Dear camera,\n".utf8) }),
        Case(what: "a file of 0 bytes", reason: "invalid_file", make: { Data() }),
        Case(
            what: "a JPEG cut off in its data", reason: "invalid_file",
            make: { jpeg { $0.width = 1_024 }.dropLast(9_000) }),
        Case(what: "a JPEG cut off in its header", reason: "invalid_file", make: { jpeg { _ in }.prefix(300) }),
        Case(
            what: "a header of 400 megapixels", reason: "invalid_file",
            make: { jpeg { ($0.announcedWidth, $0.announcedHeight) = (20_000, 20_000) } }),
        Case(what: "no position", reason: "invalid_metadata", make: { jpeg { $0.position = nil } }),
        Case(what: "no time", reason: "invalid_metadata", make: { jpeg { $0.capturedAt = nil } }),
        Case(what: "no tags at all", reason: "invalid_metadata", make: { jpeg { $0.exifBytes = [] } }),
        Case(
            what: "EXIF that is noise", reason: "invalid_metadata",
            make: { jpeg { $0.exifBytes = (0..<900).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) } } }),
        Case(
            what: "an EXIF directory that points at itself", reason: "invalid_metadata",
            make: {
                // One entry: the EXIF directory lies at offset 8, where this one is.
                jpeg {
                    $0.exifBytes =
                        Array("II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0]
                        + [0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0] + [8, 0, 0, 0]
                }
            }),
        Case(what: "a name that leads out", reason: "invalid_file", make: { jpeg { _ in } }, name: "../../bad.jpg"),
        Case(what: "an absolute name", reason: "invalid_file", make: { jpeg { _ in } }, name: "/etc/bad.jpg"),
        Case(what: "a NUL in the name", reason: "invalid_file", make: { jpeg { _ in } }, name: "a\0.jpg"),
        Case(what: "a film", reason: "invalid_file", make: { Data("\0\0\0\u{18}ftypmp42".utf8) }, name: "GX010001.MP4"),
    ]

    @Test("each bad file is refused with a reason and a sentence, and the rest of the batch is unharmed")
    func files() async throws {
        let server = try BuiltServer(["WAYSIDE_MAX_PIXELS": "150000000"])
        try await server.start()
        let batch = try await Batch.open(on: server)
        var statuses: [String: Int] = [:]
        let good = try await batch.send(TestJPEG.drive(0).data(), name: "good.jpg")
        for (index, bad) in Self.cases.enumerated() {
            // A folder of its own, so that each can be found again; names that lead out stay as they are.
            let name = bad.name == "bad.jpg" ? "\(index)/bad.jpg" : bad.name
            let answer = try await batch.client.upload(bad.make(), name: name, to: batch.set)
            statuses[bad.what] = answer.status
            #expect([202, 400, 422].contains(answer.status), "\(bad.what): \(answer.status) \(answer.text)")
            guard answer.status != 202 else { continue }
            let problem = try answer.decode(ProblemDocument.self)
            #expect((problem.detail ?? problem.message ?? "").hasSuffix("."), "\(bad.what): \(answer.text)")
        }
        try await batch.finish()

        let files = try await batch.files()
        for (index, bad) in Self.cases.enumerated() where bad.name == "bad.jpg" {
            let file = try #require(files.first { $0.fileName == "\(index)/bad.jpg" }, "\(bad.what)")
            let rejection = try #require(file.rejected, "\(bad.what)")
            #expect(rejection.reason == bad.reason, "\(bad.what)")
            let sentence = rejection.message
            #expect(sentence.count > 10 && sentence.hasSuffix("."), "\(bad.what): \(sentence)")
            #expect(file.pictureId == nil, "\(bad.what)")
        }
        let outcome = try await batch.outcome()
        #expect(outcome.map { $0.map(\.id) } == [[good]])
        #expect(outcome.first?.first?.hashes.count == 3)
        let status = try await batch.status()
        #expect(status.itemsStatus.prepared == 1)
        #expect(status.itemsStatus.broken == 0)
        try await expectNothingLeft(server, pictures: 1)
        #expect(try await batch.client.get("/api/live").status == 200)
        // Outside the data folder nothing was written, whatever the names said.
        let beside = try FileManager.default.contentsOfDirectory(atPath: server.folder.path)
        #expect(Set(beside).isSubset(of: ["data", "log"]))
    }

    @Test("a body shorter or longer than announced, and a client that goes away, leave nothing behind")
    func bodies() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        var jpeg = TestJPEG.drive(0)
        jpeg.width = 1_600
        jpeg.height = 1_200
        let body = Client.multipart(jpeg.data(), name: "a.jpg", boundary: "b0undary")

        let short = try RawConnection(server)
        try await short.send(head(batch, length: body.count + 1_000) + body)
        short.finishSending()
        let shortAnswer = try await short.answer()
        #expect(shortAnswer.status == 0 || (400..<500).contains(shortAnswer.status), "\(shortAnswer.text)")

        let long = try RawConnection(server)
        try await long.send(head(batch, length: body.count - 1_000) + body)
        let longAnswer = try await long.answer()
        #expect((400..<500).contains(longAnswer.status), "\(longAnswer.text)")

        for part in [200, body.count / 2, body.count - 1] {
            let gone = try RawConnection(server)
            try await gone.send(head(batch, length: body.count) + body.prefix(part))
            gone.abort()
        }
        try await expectNothingLeft(server, pictures: 0)
        #expect(try await batch.files().allSatisfy { $0.pictureId == nil })

        // The same file, sent properly, is taken.
        _ = try await batch.send(jpeg.data(), name: "a.jpg")
        try await batch.finish()
        #expect(try await batch.status().itemsStatus.prepared == 1)
        try await expectNothingLeft(server, pictures: 1)
    }

    @Test(
        "a full disk refuses with a sentence and keeps what it has; with room again, all goes on",
        .enabled(if: SmallDisk.isPossible, "only root can mount a small disk"))
    func fullDisk() async throws {
        let disk = try SmallDisk(megabytes: 160)
        let server = try BuiltServer(["WAYSIDE_DATA": disk.path])
        try await server.start()
        let batch = try await Batch.open(on: server)
        _ = try await batch.send(TestJPEG.drive(0).data(), name: "0.jpg")

        // More than is free, though a file of that size is allowed.
        let large = TestJPEG.drive(1).data() + Data(count: 150 << 20)
        let refused = try? await batch.client.upload(large, name: "1.jpg", to: batch.set)
        if let refused { #expect([507, 503, 413].contains(refused.status), "\(refused.text)") }

        let filler = "\(disk.path)/filler"
        try disk.fill(filler)
        let full = try await batch.client.upload(TestJPEG.drive(2).data(), name: "2.jpg", to: batch.set)
        #expect([507, 503].contains(full.status), "\(full.text)")
        let problem = try full.decode(ProblemDocument.self)
        #expect((problem.detail ?? "").hasSuffix("."))
        #expect(try await batch.client.get("/api/live").status == 200)

        try FileManager.default.removeItem(atPath: filler)
        _ = try await batch.send(TestJPEG.drive(2).data(), name: "2.jpg")
        try await batch.finish()
        #expect(try await batch.status().itemsStatus.prepared == 2)
        try await expectNothingLeft(server, pictures: 2)
        try await server.stop()
        withExtendedLifetime(disk) {}
    }

    private func head(_ batch: Batch, length: Int) -> Data {
        Data(
            """
            POST /api/upload_sets/\(batch.set)/files HTTP/1.1\r
            Host: 127.0.0.1:\(batch.server.port)\r
            Authorization: Bearer \(batch.client.token ?? "")\r
            Content-Type: multipart/form-data; boundary=b0undary\r
            Content-Length: \(length)\r
            Connection: close\r
            \r

            """.utf8)
    }

    private func expectNothingLeft(_ server: BuiltServer, pictures: Int) async throws {
        let folder = DataFolder(path: server.data)
        try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
        #expect(folder.stored().count == 3 * pictures)
        #expect(server.isRunning)
    }
}
