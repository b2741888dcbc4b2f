import Catalogue
import Crypto
import Domain
import Foundation
import HTTPTypes
import Intake
import Storage
import TestSupport
import Testing
import Web

@Suite("What is sent in parts belongs to its sender")
struct TusRightsTests {
    @Test("to others it is not there, whoever they are; nor to its sender without the label", .timeLimit(.minutes(2)))
    func others() async throws {
        let scene = try await TusScene()
        let test = scene.server.test
        var tokens: [String] = []
        for (name, role) in [("bert", Role.field), ("mara", .manager), ("root", .admin)] {
            let account = try await test.addAccount(name, role, grants: [scene.label])
            tokens.append(try await scene.server.token(of: account))
        }
        try await scene.server.run { [tokens] asker in
            let path = TusScene.path(try await scene.begin(asker, [("filename", "a.jpg")]))
            for token in tokens {
                #expect(try await scene.ask(asker, .head, path, token: token).code == 404)
                #expect(try await asker.get(path, token: token).code == 404)
                #expect(try await scene.send(asker, path, scene.picture, at: 0, token: token).code == 404)
                #expect(try await scene.ask(asker, .delete, path, token: token).code == 404)
            }
            #expect(try await asker.get(path).code == 401)
            #expect(try await scene.ask(asker, .head, path).code == 200)
            try await test.catalogue.labels.withdraw(scene.label.id, from: scene.anna.id)
            #expect(try await scene.ask(asker, .head, path).code == 404)
            #expect(try await scene.send(asker, path, scene.picture, at: 0).code == 404)
        }
    }

    @Test("a viewer may not send, and nobody into a set that is not theirs")
    func roles() async throws {
        let scene = try await TusScene()
        let test = scene.server.test
        let viewer = try await test.addAccount("vera", .viewer, grants: [scene.label])
        let bert = try await test.addAccount("bert", .field, grants: [scene.label])
        let mara = try await test.addAccount("mara", .manager, grants: [scene.label])
        let tokens = try await [viewer, bert, mara].asyncMap { try await scene.server.token(of: $0) }
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            let own = [("filename", "a.jpg")]
            let foreign = own + [("upload_set", set)]
            #expect(try await scene.begin(asker, own, token: tokens[0]).code == 403)
            #expect(try await scene.begin(asker, foreign, token: tokens[1]).code == 404)
            #expect(try await scene.begin(asker, foreign, token: tokens[2]).code == 403)
        }
        #expect(try scene.staged.isEmpty)
    }

    @Test("an account may have only so much unfinished, and is told how to go on")
    func quotas() async throws {
        let scene = try await TusScene {
            $0.maximumCount = 2
            $0.maximumBytes = 1_000_000
        }
        try await scene.server.run { asker in
            let first = try await scene.begin(asker, [("filename", "a.jpg")], length: 400_000)
            let large = try await scene.begin(asker, [("filename", "b.jpg")], length: 700_000)
            #expect(large.code == 429)
            #expect(large.string("details", "reason") == "too_many_bytes")
            #expect(large.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 86_000)
            #expect(try await scene.begin(asker, [("filename", "b.jpg")], length: 500_000).code == 201)
            let third = try await scene.begin(asker, [("filename", "c.jpg")], length: 5)
            #expect(third.code == 429)
            #expect(third.string("details", "reason") == "too_many_uploads")
            // Another account is not held up by it.
            let bert = try await scene.server.test.addAccount("bert", .field, grants: [scene.label])
            let token = try await scene.server.token(of: bert)
            #expect(try await scene.begin(asker, [("filename", "d.jpg")], length: 5, token: token).code == 201)
            #expect(try await scene.ask(asker, .delete, TusScene.path(first)).code == 204)
            #expect(try await scene.begin(asker, [("filename", "c.jpg")], length: 5).code == 201)
        }
        #expect(try scene.staged.count == 3)
    }

    @Test("its time over, it is said to be gone; given up, it is not there")
    func expiry() async throws {
        let scene = try await TusScene { $0.lifetime = -1 }
        try await scene.server.run { asker in
            let path = TusScene.path(try await scene.begin(asker, [("filename", "a.jpg")]))
            for answer in [
                try await scene.ask(asker, .head, path), try await scene.send(asker, path, scene.picture, at: 0),
            ] { #expect(answer.code == 410) }
            #expect(try await asker.get(path, token: scene.token).string("details", "reason") == "upload_expired")
            #expect(try await scene.ask(asker, .delete, path).code == 204)
            #expect(try await scene.ask(asker, .head, path).code == 404)
        }
        #expect(try scene.staged.isEmpty)
    }

    @Test(
        "a part or a file with a wrong checksum is refused; the part may be sent again", arguments: ["sha1", "sha256"])
    func checksums(algorithm: String) async throws {
        let scene = try await TusScene()
        func sum(_ bytes: [UInt8]) -> HTTPFields {
            let digest = algorithm == "sha1" ? Array(Insecure.SHA1.hash(data: bytes)) : Array(SHA256.hash(data: bytes))
            return [.uploadChecksum: "\(algorithm) \(Data(digest).base64EncodedString())"]
        }
        let right = sum(scene.picture)
        let wrong = sum([1, 2, 3])
        try await scene.server.run { asker in
            let path = TusScene.path(try await scene.begin(asker, [("filename", "a.jpg")]))
            #expect(try await scene.send(asker, path, scene.picture, at: 0, extra: wrong).code == 460)
            #expect(try await scene.ask(asker, .head, path).headers[.uploadOffset] == "0")
            #expect(try await scene.send(asker, path, scene.picture, at: 0, extra: right).code == 204)
            let sha256 = SHA256.hash(data: [7]).map { String(format: "%02x", $0) }.joined()
            let whole = try await scene.begin(asker, [("filename", "b.jpg"), ("sha256", sha256)], part: scene.picture)
            #expect(whole.code == 460)
        }
        #expect(try scene.staged.count == 1)
    }

    @Test("with its set, or its sender, what has arrived of it is erased, and the receipt waits for the bytes")
    func erased() async throws {
        let scene = try await TusScene()
        let catalogue = scene.server.test.catalogue
        let set = try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            let path = TusScene.path(try await scene.begin(asker, [("filename", "a.jpg"), ("upload_set", set)]))
            #expect(try await scene.send(asker, path, scene.picture.prefix(50), at: 0).code == 204)
            #expect(try await asker.send(.delete, "/api/upload_sets/\(set)", token: scene.token).code == 204)
            #expect(try await scene.ask(asker, .head, path).code == 404)
            return set
        }
        let receipts = try await catalogue.erasures.list(before: nil, limit: 5, viewer: .system)
        #expect(receipts.map(\.subject) == [set])
        #expect(receipts.map(\.finishedAt) == [nil])
        let names = try await catalogue.partialUploads.unwantedFiles(limit: 5)
        #expect(try scene.staged == names)
        for name in names { try await scene.server.services.intake.staging.remove(name) }
        try await catalogue.partialUploads.removed(unwanted: names, at: .now)
        let after = try await catalogue.erasures.list(before: nil, limit: 5, viewer: .system)
        #expect(after.first?.finishedAt != nil)
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
