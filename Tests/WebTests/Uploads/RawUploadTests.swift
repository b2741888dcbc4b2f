import Crypto
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("Putting a file as it is")
struct RawUploadTests {
    private func digest(_ bytes: [UInt8]) -> String {
        "sha-256=:\(Data(SHA256.hash(data: bytes)).base64EncodedString()):"
    }

    private func put(
        _ scene: TusScene, _ asker: Asker, _ set: String, _ name: String, _ bytes: [UInt8], _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await asker.send(
            .put, "/api/upload_sets/\(set)/files/\(name)", token: scene.token, headers: headers, body: bytes)
    }

    @Test("makes a picture of it, under the path in its address, when the digest holds")
    func taken() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            let headers: HTTPFields = [.reprDigest: "md5=:AAAA:, \(digest(scene.picture))", .contentType: "image/jpeg"]
            let sent = try await put(scene, asker, set, "DCIM%2F100%20G%2FG%C3%A9.JPG", scene.picture, headers)
            #expect(sent.code == 202, "\(sent.text)")
            #expect(sent.string("picture_id") != nil)
            #expect(sent.string("file_name") == "DCIM/100 G/Gé.JPG")
            let again = try await put(scene, asker, set, "other.jpg", scene.picture)
            #expect(again.code == 409)
            #expect(again.string("existing_item", "id") == sent.string("picture_id"))
        }
        #expect(try scene.staged.count == 1)
    }

    @Test(
        "keeps nothing of bytes that are not those of the digest, and asks for one it understands",
        arguments: ["Repr-Digest", "Content-Digest"])
    func digests(field: String) async throws {
        let scene = try await TusScene()
        let name = try #require(HTTPField.Name(field))
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            let wrong = try await put(scene, asker, set, "a.jpg", scene.picture, [name: digest([1])])
            #expect(wrong.code == 400)
            #expect(wrong.string("details", "reason") == "digest_mismatch")
            for value in ["sha-256", "sha-256=abc", "sha-256=:AAAA:", "sha-256=:%%:"] {
                let answer = try await put(scene, asker, set, "a.jpg", scene.picture, [name: value])
                #expect(answer.code == 400, "\(value)")
            }
            let unknown = try await put(scene, asker, set, "a.jpg", scene.picture, [name: "sha-512=:AAAA:"])
            #expect(unknown.code == 400)
            let wanted = try #require(HTTPField.Name("Want-\(field)"))
            #expect(unknown.headers[wanted] == "sha-256=10")
            let both: HTTPFields = [.reprDigest: digest([1]), .contentDigest: digest([2])]
            #expect(try await put(scene, asker, set, "a.jpg", scene.picture, both).code == 400)
            let files = try await asker.get("/api/upload_sets/\(set)/files", token: scene.token)
            #expect((files.value("files") as? [Any])?.isEmpty == true)
        }
        #expect(try scene.staged.isEmpty)
    }

    @Test("refuses what is no picture with a reason, and what is no plain file")
    func refused() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            #expect(try await put(scene, asker, set, "a.mp4", [1]).code == 422)
            #expect(try await put(scene, asker, set, "..%2Fa.jpg", scene.picture).code == 422)
            #expect(try await put(scene, asker, set, "a.jpg", Array("text".utf8)).code == 422)
            #expect(try await put(scene, asker, set, "a.jpg", scene.picture, Multipart.headers).code == 415)
            let range = try #require(HTTPField.Name("Content-Range"))
            #expect(try await put(scene, asker, set, "a.jpg", scene.picture, [range: "bytes 0-1/5"]).code == 400)
            let packed = try #require(HTTPField.Name("Content-Encoding"))
            #expect(try await put(scene, asker, set, "a.jpg", scene.picture, [packed: "gzip"]).code == 415)
            let files = try await asker.get("/api/upload_sets/\(set)/files", token: scene.token)
            #expect((files.value("files") as? [Any])?.count == 3)
        }
        #expect(try scene.staged.isEmpty)
    }
}
