import Catalogue
import Crypto
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("Sending a file in parts (tus 1.0.0)")
struct TusTests {
    @Test("says what it can do to everybody")
    func options() async throws {
        let scene = try await TusScene()
        let answer = try await scene.server.run { try await $0.send(.options, "/api/uploads") }
        #expect(answer.code == 204)
        #expect(answer.headers[.tusVersion] == "1.0.0")
        #expect(answer.headers[.tusMaxSize] == "\(4 << 20)")
        let named = "creation,creation-with-upload,expiration,checksum,termination"
        #expect(answer.headers[.tusExtension] == named)
    }

    @Test(
        "a file with a set of its own is held until placed only if the sender says so",
        arguments: [(nil, false), ("", false), ("false", false), ("true", true), ("perhaps", nil)] as [(String?, Bool?)]
    )
    func unplaced(word: String?, holds: Bool?) async throws {
        let scene = try await TusScene()
        let begun = try await scene.server.run {
            try await scene.begin($0, [("filename", "G1.JPG")] + (word.map { [("hold_unplaced", $0)] } ?? []))
        }
        #expect(begun.code == (holds == nil ? 422 : 201), "\(begun.text)")
        let sets = try await scene.server.test.catalogue.uploadSets.list(
            of: nil, before: nil, limit: 10, viewer: .system)
        #expect(sets.map(\.holdsUnplaced) == (holds.map { [$0] } ?? []))
    }

    @Test("parts become the same picture of the same set as a form would have made")
    func parts() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            let begun = try await scene.begin(
                asker, [("filename", "G1.JPG"), ("relativePath", "DCIM/100GOPRO/G1.JPG"), ("upload_set", set)])
            #expect(begun.code == 201)
            #expect(begun.headers[.tusResumable] == "1.0.0")
            #expect(begun.headers[.uploadExpires]?.hasSuffix("GMT") == true)
            let path = TusScene.path(begun)
            #expect(path.wholeMatch(of: #/\/api\/uploads\/[0-9a-f]{40}/#) != nil)
            let half = scene.picture.count / 2
            let first = try await scene.send(asker, path, scene.picture[..<half], at: 0)
            #expect(first.code == 204)
            #expect(first.headers[.uploadOffset] == "\(half)")
            #expect(first.headers[.waysidePicture] == nil)
            let head = try await scene.ask(asker, .head, path)
            #expect(head.code == 200)
            #expect(head.headers[.uploadOffset] == "\(half)")
            #expect(head.headers[.uploadLength] == "\(scene.picture.count)")
            #expect(head.headers[.cacheControl] == "no-store")
            let last = try await scene.send(asker, path, scene.picture[half...], at: half)
            #expect(last.code == 204)
            let picture = try #require(last.headers[.waysidePicture])
            #expect(last.headers[.waysideOutcome] == "admitted")
            let files = try await asker.get("/api/upload_sets/\(set)/files", token: scene.token)
            #expect(files.string("files", "0", "picture_id") == picture)
            #expect(files.string("files", "0", "file_name") == "DCIM/100GOPRO/G1.JPG")
            let sha256 = SHA256.hash(data: scene.picture).map { String(format: "%02x", $0) }.joined()
            #expect(files.string("files", "0", "content_sha256") == sha256)
            // Asked again, by who did not get the answer.
            for answer in [
                try await scene.ask(asker, .head, path),
                try await scene.send(asker, path, [UInt8](), at: scene.picture.count),
            ] {
                #expect(answer.headers[.waysidePicture] == picture)
                #expect(answer.headers[.uploadOffset] == "\(scene.picture.count)")
            }
            let shown = try await asker.get(path, token: scene.token)
            #expect(shown.string("picture_id") == picture)
            #expect(!shown.text.contains("G1"))
        }
        #expect(try scene.staged.count == 1)
    }

    @Test("without an upload set it gets one of its own, under the label that is named or the only one")
    func ownSet() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            for (index, values) in [[("filename", "a.jpg"), ("label", "cam 1")], [("name", "b.jpg")]].enumerated() {
                let begun = try await scene.begin(
                    asker, values, length: TestJPEG.drive(index).bytes().count, part: TestJPEG.drive(index).bytes())
                #expect(begun.code == 201)
                #expect(begun.headers[.uploadOffset] == "\(TestJPEG.drive(index).bytes().count)")
                #expect(begun.headers[.waysidePicture] != nil)
            }
            try await scene.server.test.process()
            let answer = try await asker.get("/api/users/me/upload_sets?filter=", token: scene.token)
            #expect(answer.ids(of: "upload_sets").count == 2)
            #expect(answer.value("upload_sets", "0", "dispatched") as? Bool == true)
            // Given up, it leaves no empty set behind.
            let begun = try await scene.begin(asker, [("filename", "c.jpg")])
            #expect(try await scene.ask(asker, .delete, TusScene.path(begun)).code == 204)
            let after = try await asker.get("/api/users/me/upload_sets?filter=", token: scene.token)
            #expect(after.ids(of: "upload_sets").count == 2)
            let foreign = try await scene.begin(asker, [("filename", "d.jpg"), ("label", "Cam 2")])
            #expect(foreign.code == 404)
        }
    }

    @Test("bytes that are there already are a success, and no second copy stays")
    func duplicate() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            let values = [("filename", "a.jpg"), ("upload_set", set)]
            let first = try await scene.begin(asker, values, part: scene.picture)
            let again = try await scene.begin(asker, values, part: scene.picture)
            #expect(again.code == 201)
            #expect(again.headers[.waysideOutcome] == "duplicate")
            #expect(again.headers[.waysidePicture] == first.headers[.waysidePicture])
        }
        #expect(try scene.staged.count == 1)
    }

    @Test("what is no picture is refused with a reason, by its name before a byte of it was sent")
    func refusals() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            for (name, length, code) in [("a.mp4", 5, 422), ("../a.jpg", 5, 422), ("a.jpg", 0, 422), ("", 5, 422)] {
                let answer = try await scene.begin(asker, [("filename", name), ("upload_set", set)], length: length)
                #expect(answer.code == code, "\(name)")
                #expect(answer.string("rejected", "reason") == "invalid_file")
            }
            let large = try await scene.begin(
                asker, [("filename", "large.jpg"), ("upload_set", set)], length: (4 << 20) + 1)
            #expect(large.code == 413)
            #expect(large.headers[.tusMaxSize] == "\(4 << 20)")
            let text = try await scene.begin(
                asker, [("filename", "text.jpg"), ("upload_set", set)], length: 5, part: Array("hello".utf8))
            #expect(text.code == 422)
            #expect(text.headers[.tusResumable] == "1.0.0")
            let files = try await asker.get("/api/upload_sets/\(set)/files", token: scene.token)
            let rejected = (files.value("files") as? [[String: Any]])?.filter { $0["rejected"] != nil }
            #expect(rejected?.count == 6)
        }
        #expect(try scene.staged.isEmpty)
    }

    @Test("a part at another place, or longer than the file, is refused and changes nothing")
    func offsets() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let begun = try await scene.begin(asker, [("filename", "a.jpg")], length: 10)
            let path = TusScene.path(begun)
            let wrong = try await scene.send(asker, path, [1, 2] as [UInt8], at: 3)
            #expect(wrong.code == 409)
            #expect(wrong.string("details", "offset") == "0")
            #expect(try await scene.send(asker, path, [UInt8](repeating: 1, count: 11), at: 0).code == 413)
            #expect(try await scene.send(asker, path, [0xFF, 0xD8, 0xFF] as [UInt8], at: 0).code == 204)
            #expect(try await scene.send(asker, path, [0xFF, 0xD8, 0xFF] as [UInt8], at: 0).code == 409)
            #expect(try await scene.ask(asker, .head, path).headers[.uploadOffset] == "3")
        }
    }

    @Test(
        "requests that are no tus are refused with what is wrong",
        arguments: [
            ([:], 412), ([.tusResumable: "0.2.0"], 412), ([.tusResumable: "1.0.0"], 400),
            ([.tusResumable: "1.0.0", .uploadLength: "-1"], 400), ([.tusResumable: "1.0.0", .uploadLength: "x"], 400),
            ([.tusResumable: "1.0.0", .uploadLength: "5", .uploadMetadata: "filename %%%"], 400),
            ([.tusResumable: "1.0.0", .uploadLength: "5", .uploadMetadata: "a YQ==,a YQ=="], 400),
            ([.tusResumable: "1.0.0", .uploadLength: "5", .uploadMetadata: "sha256 YQ=="], 422),
            ([.tusResumable: "1.0.0", .uploadLength: "5", .uploadMetadata: "picture_id YQ=="], 422),
            ([.tusResumable: "1.0.0", .uploadLength: "5", .uploadMetadata: "override_latitude MQ=="], 422),
            ([.tusResumable: "1.0.0", .uploadLength: "5", .uploadChecksum: "crc32 AAAA"], 400),
            ([.tusResumable: "1.0.0", .uploadLength: "5", .uploadMetadata: "upload_set YQ=="], 404),
        ] as [(HTTPFields, Int)])
    func malformed(headers: HTTPFields, code: Int) async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let answer = try await asker.send(.post, "/api/uploads", token: scene.token, headers: headers)
            #expect(answer.code == code, "\(answer.text)")
            #expect(answer.headers[.tusVersion] == "1.0.0")
            let begun = try await scene.begin(asker, [("filename", "a.jpg")], length: 10)
            let json: HTTPFields = [.contentType: "application/json"]
            let path = TusScene.path(begun)
            #expect(try await scene.send(asker, path, [1] as [UInt8], at: 0, extra: json).code == 415)
        }
    }

    @Test("clients that can only GET and POST say which method they mean")
    func override() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let path = TusScene.path(try await scene.begin(asker, [("filename", "a.jpg")], part: nil))
            let sent = try await asker.send(
                .post, path, token: scene.token,
                headers: [
                    .tusResumable: "1.0.0", .methodOverride: "PATCH", .uploadOffset: "0",
                    .contentType: "application/offset+octet-stream",
                ], body: scene.picture)
            #expect(sent.code == 204)
            #expect(sent.headers[.waysidePicture] != nil)
            let none = try await asker.send(.post, path, token: scene.token, headers: [.tusResumable: "1.0.0"])
            #expect(none.code == 400)
        }
    }
}
