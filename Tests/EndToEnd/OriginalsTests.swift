import Catalogue
import CatalogueSQLite
import Crypto
import Domain
import Foundation
import TestSupport
import Testing

/// What becomes of originals, on the built server: it is killed at every turn, and then every byte on its disk is
/// looked through for what was in the files that were sent.
@Suite("Originals, looked for on the disk", .serialized, .timeLimit(.minutes(20)))
struct OriginalsTests {
    /// When the server is killed.
    enum Moment: CaseIterable {
        /// As soon as a picture is acknowledged.
        case acknowledged
        /// While a darkroom child is at work.
        case developing
        /// Derivatives are in the store, and the picture is not prepared yet.
        case derivativesStored
        /// The original is sealed or kept, and its received file is still there.
        case originalStored
        /// A received file has just gone.
        case unstaged
        case anyTime

        /// In a bucket those that the storage has a part in; all with `make test-all`.
        static func some(in place: Place) -> [Moment] {
            place == .folder || Place.isAll ? allCases : [.derivativesStored, .originalStored]
        }
    }

    @Test("of a discarded original nothing is left anywhere", arguments: Place.allCases)
    func discard(place: Place) async throws {
        let run = try await Run(place)
        try await run.go(rounds: Moment.some(in: place))
        for (place, marks) in try await run.found() { Issue.record("\(place) holds \(marks)") }
        #expect(try await run.originals().isEmpty)
        try await run.server.stop()
        #expect(try await run.found().isEmpty)
    }

    @Test("a kept original is in one file of the private area, and nowhere else", arguments: Place.some)
    func keep(place: Place) async throws {
        let run = try await Run(place)
        try await run.server.wayside("label", "originals", Run.label, "keep")
        try await run.go(rounds: Moment.some(in: place))
        let kept = try await run.originals()
        #expect(kept.count == run.pictures.count)
        let found = try await run.found()
        // The volumes of the S3 server, which is where the bucket is: what is there would be found.
        #expect(found.keys.contains { $0.hasPrefix("S3 server/") } == (place == .bucket))
        for (place, marks) in found where !place.hasPrefix("S3 server/") {
            #expect(kept.contains(place), "\(place) holds \(marks)")
            #expect(marks.count == MarkedPicture(0).marks.count)
        }
        let (picture, id) = try #require(run.pictures.first)
        let fetched = try await run.batch.client.get("/api/pictures/\(id)/original")
        #expect(fetched.status == 200 && fetched.body == picture.data)
        #expect(try await run.audit("original.fetched", of: id).count == 1)

        try await run.server.wayside("label", "discard-originals", Run.label, "--confirm")
        #expect(try await run.originals().isEmpty)
        #expect(try await run.batch.client.get("/api/pictures/\(id)/original").status == 404)
        try await run.server.stop()
        // What was deleted lies on in a volume until the S3 server tidies it: that is the server's to do.
        #expect(try await run.found().keys.allSatisfy { $0.hasPrefix("S3 server/") })
    }

    @Test("of a sealed original there is ciphertext alone, which its key opens bit for bit", arguments: Place.allCases)
    func sealed(place: Place) async throws {
        let run = try await Run(place)
        // Where no server is.
        let holder = try TemporaryFolder()
        let key = holder.file("key")
        let publicKey = try await run.server.wayside("keys", "generate", "--out", key)
        try await run.server.wayside("label", "set", Run.label, "--originals", "sealed", "--seal-key", publicKey)
        try await run.go(rounds: Moment.some(in: place))
        for (place, marks) in try await run.found() { Issue.record("\(place) holds \(marks)") }
        #expect(try await run.originals().count == run.pictures.count)
        try await opens(run, key: key, holder)
        try await refuses(run, key: key, holder)
        // The private key never came near.
        let secret = try #require(try String(contentsOfFile: key, encoding: .utf8).split(separator: "\n").last)
        #expect(try run.files().allSatisfy { try $0.content().range(of: Data(secret.utf8)) == nil })
        try await run.server.stop()
    }

    /// Over HTTP, and in the data folder: all of them, bit for bit, and each time in the audit log.
    private func opens(_ run: Run, key: String, _ holder: TemporaryFolder) async throws {
        let tokenFile = holder.file("token")
        let token = try #require(run.batch.client.token)
        try Data("\(token)\n".utf8).write(to: URL(filePath: tokenFile))
        for (picture, id) in run.pictures {
            let (away, here) = (holder.file("\(id).away"), holder.file("\(id).here"))
            // What somebody else has put beside is theirs: it may be the last ciphertext.
            let beside = Data("sealed".utf8)
            for path in [away, here] { try beside.write(to: URL(filePath: "\(path).sealed")) }
            try await run.server.wayside(
                "unseal", id, "--from", run.server.origin, "--token-file", tokenFile, "--key", key, "--reason",
                "l’été", "--out", away)
            #expect(try Data(contentsOf: URL(filePath: away)) == picture.data)
            try await run.server.wayside("unseal", id, "--key", key, "--reason", "a complaint", "--out", here)
            #expect(try Data(contentsOf: URL(filePath: here)) == picture.data)
            let fetched = try await run.audit("original.fetched", of: id)
            #expect(fetched.map { $0.details["reason"] } == ["l’été"] && fetched[0].actor != "system")
            let opened = try await run.audit("original.opened", of: id)
            #expect(opened.map { $0.details["reason"] } == ["a complaint"])
            for path in [away, here] {
                #expect(try Data(contentsOf: URL(filePath: "\(path).sealed")) == beside)
                try FileManager.default.removeItem(atPath: "\(path).sealed")
            }
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: holder.path).allSatisfy { !$0.hasSuffix(".sealed") })
    }

    private func refuses(_ run: Run, key: String, _ holder: TemporaryFolder) async throws {
        let (id, other) = (run.pictures[0].id, run.pictures[1].id)
        let (object, stranger) = (try await run.original(of: id), try await run.original(of: other))
        let sealed = holder.file("ciphertext")
        try await run.placed.content(of: object).write(to: URL(filePath: sealed))
        let wrongKey = holder.file("wrong-key")
        try await run.server.wayside("keys", "generate", "--out", wrongKey)
        let flipped = holder.file("flipped")
        var bytes = try Data(contentsOf: URL(filePath: sealed))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: flipped))
        let out = holder.file("out")
        let mistakes: [([String], String)] = [
            (["unseal", "--sealed", sealed, "--key", wrongKey, "--out", out], "cannot open it"),
            (["unseal", "--sealed", flipped, "--key", key, "--out", out], "has been altered"),
            (["unseal", other, "--sealed", sealed, "--key", key, "--out", out], "another picture"),
            (["unseal", "--sealed", key, "--key", key, "--out", out], "not a sealed original"),
            (["unseal", id, "--key", key, "--out", out], "Say why"),
            (["unseal", id, "--key", sealed, "--reason", "r", "--out", out], "no private key"),
            (["unseal", id, "--key", key, "--reason", "r", "--out", key], "already a file"),
            (["unseal", PictureID().string, "--key", key, "--reason", "r", "--out", out], "no original"),
            (["keys", "generate", "--out", key], "already a file"),
            (["keys", "generate", "--out", "\(run.server.data)/key"], "must not be kept there"),
            (["label", "originals", Run.label, "sealed", "--key", "nobody"], "no key"),
        ]
        for (arguments, words) in mistakes {
            let result = try await run.server.command(arguments)
            #expect(result.status != 0 && result.errors.contains(words), "\(arguments): \(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: out))
        }
        // Somebody who has the server exchanges two files: that is seen too.
        try await run.placed.replace(object, with: try await run.placed.content(of: stranger))
        let exchanged = try await run.server.command(["unseal", id, "--key", key, "--reason", "r", "--out", out])
        #expect(exchanged.status != 0 && exchanged.errors.contains("another picture"), "\(exchanged.errors)")
    }
}
