import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Uploading")
struct UploadTests {
    private struct Scene: Sendable {
        let server: TestServer
        let token: String
        let label: CameraLabel
    }

    private func scene(_ labels: [String] = ["Cam 1"]) async throws -> Scene {
        let server = try await TestServer()
        var made: [CameraLabel] = []
        for name in labels { made.append(try await server.test.addLabel(name)) }
        let anna = try await server.test.addAccount("anna", .field, grants: made)
        return Scene(server: server, token: try await server.token(of: anna), label: made[0])
    }

    private func newSet(_ scene: Scene, _ asker: Asker, _ extra: String = "") async throws -> String {
        let answer = try await asker.post("/api/upload_sets", json: #"{"title":"card"\#(extra)}"#, token: scene.token)
        return try #require(answer.string("id"))
    }

    private func send(
        _ scene: Scene, _ asker: Asker, _ set: String, _ bytes: [UInt8], name: String = "a.jpg",
        fields: [(String, String)] = []
    ) async throws -> Answer {
        try await asker.send(
            .post, "/api/upload_sets/\(set)/files", token: scene.token, headers: Multipart.headers,
            body: Multipart.body(file: bytes, name: name, fields: fields))
    }

    @Test("the calls of a Panoramax client, from the batch to its end")
    func flow() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let body = """
                {"title":"/home/anna/card","estimated_nb_files":3,"no_deduplication":true,"split_distance":50,
                "split_time":60,"sort_method":"filename-asc","metadata":{"cli_configuration":{"a":1}}}
                """
            let made = try await asker.post("/api/upload_sets", json: body, token: scene.token)
            #expect(made.code == 200)
            let id = try #require(made.string("id"))
            #expect(made.headers[.location] == "http://localhost/api/upload_sets/\(id)")
            #expect(made.string("sort_method") == "filename-asc")
            #expect(made.value("split_distance") as? Double == 50)
            #expect(made.value("metadata", "cli_configuration", "a") as? Int == 1)
            for index in 0..<2 {
                let sent = try await send(
                    scene, asker, id, TestJPEG.drive(index).bytes(), name: "P\(index).JPG",
                    fields: [("isBlurred", "true")])
                #expect(sent.code == 202, "\(sent.text)")
                #expect(sent.string("picture_id") != nil)
                #expect(sent.value("rejected") == nil)
            }
            let open = try await asker.get("/api/upload_sets/\(id)", token: scene.token)
            #expect(open.value("completed") as? Bool == false)
            #expect(open.value("items_status", "not_processed") as? Int == 2)
            #expect(open.value("ready") as? Bool == false)
            let done = try await asker.send(.post, "/api/upload_sets/\(id)/complete", token: scene.token)
            #expect(done.value("completed") as? Bool == true)
            try await scene.server.test.process()
            let waiting = try await asker.get("/api/upload_sets/\(id)", token: scene.token)
            #expect(waiting.value("dispatched") as? Bool == true)
            #expect(waiting.value("ready") as? Bool == true)
            let files = try await asker.get("/api/upload_sets/\(id)/files", token: scene.token)
            #expect((files.value("files") as? [Any])?.count == 2)
            #expect(files.string("files", "0", "content_md5")?.count == 32)
            #expect(files.value("files", "0", "rejected") == nil)
            let mine = try await asker.get(
                "/api/users/me/upload_sets?filter=dispatched%20%3D%20TRUE", token: scene.token)
            for (filter, isThere) in [
                ("completed%20%3D%20true%20AND%20dispatched%20%3D%20true", true), ("completed%20%3D%20FALSE", false),
                ("title%20LIKE%20%27/home/%25%27%20AND%20dispatched", true),
            ] {
                let found = try await asker.get("/api/users/me/upload_sets?filter=\(filter)", token: scene.token)
                #expect((found.value("upload_sets") as? [Any])?.isEmpty == !isThere, "\(filter) \(found.text)")
            }
            #expect(try await asker.get("/api/users/me/upload_sets?filter=owner%3D1", token: scene.token).code == 400)
            #expect(mine.ids(of: "upload_sets") == [id])
            let defaults = try await asker.get("/api/users/me/upload_sets", token: scene.token)
            #expect(defaults.ids(of: "upload_sets") == [])
        }
    }

    @Test(
        "a batch without a label finds it in its title, or is the only one",
        arguments: [
            (["Cam 1", "Cam 2"], "/media/anna/CAM 2/DCIM", Optional("Cam 2")), (["Cam 1"], "whatever", "Cam 1"),
            (["Cam 1", "Cam 2"], "whatever", nil), (["Cam 1", "Cam 2"], "C:\\cards\\cam 1", "Cam 1"),
            (["Cam 1", "Cam 12"], "/x/Cam 12/y", "Cam 12"),
        ])
    func labelChoice(labels: [String], title: String, expected: String?) async throws {
        let scene = try await scene(labels)
        let json = String(decoding: try JSONEncoder().encode(["title": title]), as: UTF8.self)
        let answer = try await scene.server.run {
            try await $0.post("/api/upload_sets", json: json, token: scene.token)
        }
        if let expected {
            #expect(answer.string("camera_label") == expected)
        } else {
            #expect(answer.code == 422)
            #expect(answer.value("camera_labels") as? [String] == labels)
        }
    }

    @Test("a label without a grant does not exist")
    func foreignLabel() async throws {
        let scene = try await scene()
        _ = try await scene.server.test.addLabel("Other")
        let answer = try await scene.server.run {
            try await $0.post("/api/upload_sets", json: #"{"title":"x","camera_label":"Other"}"#, token: scene.token)
        }
        #expect(answer.code == 404)
    }

    @Test(
        "a batch that makes no sense is refused with a reason",
        arguments: [
            ("{}", 400), ("[1]", 400), ("{", 400), (#"{"title":"  "}"#, 422), (#"{"title":1}"#, 400),
            (#"{"title":"a","sort_method":"random"}"#, 422), (#"{"title":"a","split_distance":-1}"#, 422),
            (#"{"title":"a","visibility":"anyone"}"#, 422), (#"{"title":"a","visibility":"everyone"}"#, 422),
            (#"{"title":"a","relative_heading":200}"#, 422), (#"{"title":"a","estimated_nb_files":-1}"#, 422),
        ])
    func badSet(json: String, code: Int) async throws {
        let scene = try await scene()
        let answer = try await scene.server.run {
            try await $0.post("/api/upload_sets", json: json, token: scene.token)
        }
        #expect(answer.code == code)
        #expect(answer.string("message")?.isEmpty == false)
        #expect(answer.value("status_code") as? Int == code)
        #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
    }

    @Test("the same bytes twice are one picture, whatever the name")
    func duplicate() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let set = try await newSet(scene, asker)
            let bytes = TestJPEG.drive(1).bytes()
            let first = try await send(scene, asker, set, bytes, name: "a.jpg")
            let second = try await send(scene, asker, set, bytes, name: "b.jpg")
            #expect(second.code == 409)
            #expect(second.string("existing_item", "id") == first.string("picture_id"))
            let other = try await newSet(scene, asker)
            let third = try await send(scene, asker, other, bytes)
            #expect(third.code == 409)
            #expect(third.string("upload_sets", "0", "id") == set)
        }
    }

    @Test("equal names in two folders stay two pictures")
    func folders() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let set = try await newSet(scene, asker)
            for folder in ["100GOPRO", "101GOPRO"] {
                let bytes = TestJPEG.drive(folder == "100GOPRO" ? 1 : 2).bytes()
                let sent = try await send(
                    scene, asker, set, bytes, name: "G0010001.JPG", fields: [("path", "DCIM/\(folder)/G0010001.JPG")])
                #expect(sent.code == 202)
            }
            let files = try await asker.get("/api/upload_sets/\(set)/files", token: scene.token)
            let names = (files.value("files") as? [[String: Any]])?.compactMap { $0["file_name"] as? String }
            #expect(names == ["DCIM/100GOPRO/G0010001.JPG", "DCIM/101GOPRO/G0010001.JPG"])
        }
    }

    @Test("a browser that comes back learns what is there already")
    func known() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let set = try await newSet(scene, asker)
            let bytes = TestJPEG.drive(1).bytes()
            let sent = try await send(scene, asker, set, bytes, fields: [("path", "DCIM/a.jpg")])
            let sha256 = try #require(sent.string("content_sha256"))
            let strange = String(repeating: "0", count: 64)
            let body = """
                {"files":[{"path":"DCIM/a.jpg","size":\(bytes.count)},{"path":"DCIM/b.jpg","size":5},
                {"path":"DCIM/a.jpg2","size":\(bytes.count)}],"sha256":["\(sha256)","\(strange)","short"]}
                """
            let answer = try await asker.post("/api/upload_sets/\(set)/known_files", json: body, token: scene.token)
            #expect((answer.value("files") as? [Any])?.count == 1)
            #expect(answer.string("files", "0", "file_name") == "DCIM/a.jpg")
            #expect(answer.string("files", "0", "content_sha256") == sha256)
            #expect((answer.value("pictures") as? [String: String]) == [sha256: sent.string("picture_id") ?? ""])
            #expect(answer.string("states", sha256, "status") == "waiting")
            #expect((answer.value("states") as? [String: Any])?.count == 1)
            let wrongSize = try await asker.post(
                "/api/upload_sets/\(set)/known_files", json: #"{"files":[{"path":"DCIM/a.jpg","size":1}]}"#,
                token: scene.token)
            #expect((wrongSize.value("files") as? [Any])?.isEmpty == true)
        }
    }

    @Test("files that are no pictures are refused with a reason, recorded, and leave nothing on disk")
    func refused() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let set = try await newSet(scene, asker)
            let text = try await send(scene, asker, set, Array("this is no picture".utf8), name: "text.jpg")
            let empty = try await send(scene, asker, set, [], name: "empty.jpg")
            let tail = [UInt8](repeating: 0, count: 4 << 20)
            let large = try await send(scene, asker, set, [0xFF, 0xD8, 0xFF, 0xE0] + tail, name: "large.jpg")
            #expect(text.code == 422)
            #expect(text.string("rejected", "reason") == "invalid_file")
            #expect(text.string("details", "error")?.isEmpty == false)
            #expect(empty.code == 422)
            #expect(large.code == 413)
            let files = try await asker.get("/api/upload_sets/\(set)/files", token: scene.token)
            let rejected = (files.value("files") as? [[String: Any]])?.filter { $0["rejected"] != nil }
            #expect(rejected?.count == 3)
            let french: HTTPFields = [.acceptLanguage: "fr"]
            let told = try await asker.get("/api/upload_sets/\(set)/files", token: scene.token, headers: french)
            let reasons = (told.value("files") as? [[String: Any]] ?? []).compactMap {
                ($0["rejected"] as? [String: Any])?["message"] as? String
            }
            #expect(reasons.contains("Ce n’est pas une photo JPEG, quoi qu’en dise son nom."), "\(reasons)")
            #expect(told.headers[.vary]?.contains("Accept-Language") == true)
            let again = try await asker.send(
                .put, "/api/upload_sets/\(set)/files/film.mp4", token: scene.token, headers: french, body: [1, 2, 3])
            #expect(again.string("rejected", "message") == "C’est une vidéo (MP4) ; seules les photos sont acceptées.")
            #expect(again.string("details", "error") == again.string("detail"))
            let good = try await send(scene, asker, set, TestJPEG.drive(1).bytes(), name: "good.jpg")
            #expect(good.code == 202)
        }
        let staged = try FileManager.default.contentsOfDirectory(atPath: scene.server.test.folder.file("staging"))
            .filter { !$0.hasPrefix(".") }
        #expect(staged.count == 1)
    }

    @Test("a body that is no form, is packed, or announces too much is refused before it is read")
    func badBody() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let set = try await newSet(scene, asker)
            let uri = "/api/upload_sets/\(set)/files"
            let encoding = try #require(HTTPField.Name("Content-Encoding"))
            var packed = Multipart.headers
            packed[encoding] = "gzip"
            let body = Multipart.body(file: TestJPEG.drive(1).bytes(), name: "a.jpg")
            #expect(try await asker.send(.post, uri, token: scene.token, headers: packed, body: body).code == 415)
            let json: HTTPFields = [.contentType: "application/json"]
            #expect(try await asker.send(.post, uri, token: scene.token, headers: json, body: body).code == 415)
            let bare: HTTPFields = [.contentType: "multipart/form-data"]
            #expect(try await asker.send(.post, uri, token: scene.token, headers: bare, body: body).code == 400)
            let cut = Array(body.dropLast(40))
            #expect(
                try await asker.send(.post, uri, token: scene.token, headers: Multipart.headers, body: cut).code == 400)
            let noFile = Array("--\(Multipart.boundary)--\r\n".utf8)
            #expect(
                try await asker.send(.post, uri, token: scene.token, headers: Multipart.headers, body: noFile).code
                    == 400)
        }
    }

    @Test("a deleted batch is gone, and so are its pictures")
    func delete() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let set = try await newSet(scene, asker)
            let picture = try #require(
                try await send(scene, asker, set, TestJPEG.drive(1).bytes()).string("picture_id"))
            #expect(try await asker.get("/api/pictures/\(picture)", token: scene.token).code == 200)
            #expect(try await asker.send(.delete, "/api/upload_sets/\(set)", token: scene.token).code == 204)
            #expect(try await asker.get("/api/pictures/\(picture)", token: scene.token).code == 404)
            #expect(try await asker.get("/api/upload_sets/\(set)", token: scene.token).code == 404)
        }
    }

    @Test("a long list of files comes in pages that lose none")
    func pages() async throws {
        let scene = try await scene()
        try await scene.server.run { asker in
            let set = try await newSet(scene, asker)
            for index in 0..<7 {
                _ = try await send(scene, asker, set, TestJPEG.drive(index).bytes(), name: "P\(index).jpg")
            }
            var names: [String] = []
            var next: String? = "/api/upload_sets/\(set)/files?limit=3"
            while let uri = next {
                let page = try await asker.get(uri, token: scene.token)
                names += (page.value("files") as? [[String: Any]] ?? []).compactMap { $0["file_name"] as? String }
                next = page.target("next")
            }
            #expect(names == (0..<7).map { "P\($0).jpg" })
        }
    }
}
