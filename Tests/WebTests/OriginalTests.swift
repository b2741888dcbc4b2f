import Catalogue
import Domain
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@Suite("Originals over HTTP")
struct OriginalTests {
    private let server: TestServer
    private let label: CameraLabel
    private let owner: Account
    private let key = PrivateSealingKey()
    private static let size = 300_000

    init() async throws {
        server = try await TestServer()
        label = try await server.test.addLabel("CAM-7")
        owner = try await server.test.addAccount("olga", .field, grants: [label])
    }

    private var catalogue: Catalogue { server.test.catalogue }

    /// A prepared picture whose original is in the store, with made-up bytes behind it.
    private func picture(_ kind: StoredOriginal.Kind) async throws -> PictureID {
        let known = try await catalogue.sealingKeys.add(
            SealingKey(id: key.publicKey.id, name: "The safe", publicKey: key.publicKey.text))
        let id = try await server.test.admit(to: try await server.test.addUploadSet(by: owner, label: label))
        for job in try await server.test.claim() { try await server.test.work(on: job) }
        let job = try #require(try await server.test.claim().first { $0.step == .develop(id) })
        let tags = TestPicture().tags
        try await catalogue.pictures.developed(
            id, tags: tags, redactions: [], derivatives: TestCatalogue.derivatives(of: tags), revision: 1,
            original: StoredOriginal(
                kind: kind, keyID: kind == .sealed ? known.id : nil, size: Int64(Self.size), sha256: "cafe"),
            ending: job)
        let path = server.test.folder.file(UUID().uuidString)
        try Data(TestServer.bytes(count: Self.size, seed: 9)).write(to: URL(filePath: path))
        try await server.store.put(.original(id, kind), fileAt: path)
        return id
    }

    private func ask(
        _ id: PictureID, as account: Account?, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get,
        query: String = ""
    ) async throws -> Answer {
        var token: String?
        if let account { token = try await server.token(of: account) }
        return try await server.run { [token] in
            try await $0.send(method, "/api/pictures/\(id)/original\(query)", token: token, headers: headers)
        }
    }

    private func openings() async throws -> [AuditEntry] {
        try await catalogue.audit.list(before: nil, limit: 100).filter { $0.action == "original.fetched" }
    }

    @Test("a kept original comes to its owner and administrators, whole or in part, and each time is logged")
    func kept() async throws {
        let id = try await picture(.kept)
        let admin = try await server.test.addAccount("admin", .admin)
        let whole = try await ask(id, as: owner)
        #expect(whole.code == 200 && whole.bytes == TestServer.bytes(count: Self.size, seed: 9))
        #expect(whole.headers[.eTag] == "\"cafe\"" && whole.headers[.contentType] == "image/jpeg")
        #expect(whole.headers[.cacheControl] == "private, no-store")
        let part = try await ask(id, as: admin, [.range: "bytes=10-19"], query: "?reason=a+lost+cat")
        #expect(part.code == 206 && part.bytes == Array(TestServer.bytes(count: Self.size, seed: 9)[10..<20]))
        let entries = try await openings()
        #expect(entries.map(\.actor) == [admin.id.string, owner.id.string])
        #expect(entries.allSatisfy { $0.subject == id.string && $0.details["kind"] == "kept" })
        #expect(entries[0].details["reason"] == "a lost cat" && entries[0].details["bytes"] == "10-19")
        // No bytes, no opening.
        #expect(try await ask(id, as: owner, [.ifNoneMatch: "\"cafe\""]).code == 304)
        let head = try await ask(id, as: owner, method: .head)
        #expect(head.code == 200 && head.headers[.contentLength] == "\(Self.size)" && head.bytes.isEmpty)
        #expect(try await ask(id, as: owner, [.range: "bytes=900000-"]).code == 416)
        #expect(try await openings().count == 2)
    }

    @Test("nobody else learns that there is one")
    func others() async throws {
        let (kept, sealed) = (try await picture(.kept), try await picture(.sealed))
        let none = PictureID()
        let others = [
            try await server.test.addAccount("manager", .manager, grants: [label]),
            try await server.test.addAccount("field", .field, grants: [label]),
            try await server.test.addAccount("viewer", .viewer, grants: [label]),
            try await server.test.addAccount("outside", .manager),
        ]
        for account in others {
            let expected = try await ask(none, as: account)
            for id in [kept, sealed] {
                for headers in [HTTPFields(), [.ifNoneMatch: "\"cafe\""], [.range: "bytes=0-1"]] {
                    let answer = try await ask(id, as: account, headers)
                    #expect(answer.code == 404 && answer.text == expected.text, "\(account.name)")
                    #expect(answer.headers[.eTag] == nil && answer.headers[.contentDisposition] == nil)
                }
            }
        }
        #expect(try await ask(kept, as: nil).code == 401)
        #expect(try await openings().isEmpty)
    }

    @Test("a sealed original is sent as ciphertext, to who says why")
    func sealed() async throws {
        let id = try await picture(.sealed)
        #expect(try await ask(id, as: owner).code == 400)
        #expect(try await openings().isEmpty)
        let reason = try #require(HTTPField.Name("Wayside-Reason"))
        let answer = try await ask(id, as: owner, [reason: "plainte%20d%E2%80%99un%20voisin"])
        #expect(answer.code == 200 && answer.bytes == TestServer.bytes(count: Self.size, seed: 9))
        #expect(answer.headers[.contentType] == "application/octet-stream")
        let entry = try #require(try await openings().first)
        #expect(entry.details["reason"] == "plainte d’un voisin" && entry.details["key"] == key.publicKey.id)
        let long = String(repeating: "x", count: 501)
        #expect(try await ask(id, as: owner, [reason: long]).code == 400)
    }

    @Test("an original of a deleted picture, or one that was let go, is gone at once")
    func gone() async throws {
        let (deleted, letGo) = (try await picture(.kept), try await picture(.kept))
        try await catalogue.pictures.delete(deleted)
        #expect(try await ask(deleted, as: owner).code == 404)
        let admin = try await server.test.addAccount("admin", .admin)
        let token = try await server.token(of: admin)
        let answer = try await server.run {
            try await $0.send(.delete, "/api/camera_labels/\(label.id)/originals", token: token)
        }
        #expect(answer.code == 200 && answer.text == #"{"discarded":1}"#)
        #expect(try await ask(letGo, as: owner, [.ifNoneMatch: "\"cafe\""]).code == 404)
        #expect(try await openings().isEmpty)
    }

    @Test("administrators set a label's rule and register keys; what cannot be is refused")
    func rules() async throws {
        let token = try await server.token(of: try await server.test.addAccount("admin", .admin))
        let path = "/api/camera_labels/\(label.id)/originals"
        let put: @Sendable (String) async throws -> Answer = { body in
            try await server.run { try await $0.send(.put, path, token: token, body: Array(body.utf8)) }
        }
        #expect(try await put(#"{"policy":"sealed"}"#).code == 422)
        #expect(try await put(#"{"policy":"sealed","sealing_key":"nobody's"}"#).code == 422)
        #expect(try await put(#"{"policy":"burn"}"#).code == 422)
        #expect(try await put(#"{"policy":"keep","days":-1}"#).code == 422)
        let body = "{\"name\":\"The safe\",\"public_key\":\"\(key.publicKey.text)\"}"
        let added = try await server.run { try await $0.post("/api/sealing_keys", json: body, token: token) }
        #expect(added.code == 201 && added.string("id") == key.publicKey.id)
        let rule = try await put(#"{"policy":"sealed","sealing_key":"the safe","days":30}"#)
        #expect(rule.code == 200)
        #expect(
            try await catalogue.originals.rule(of: label.id)
                == OriginalsRule(.sealed, keyID: key.publicKey.id, days: 30))
        let actions = try await catalogue.audit.list(before: nil, limit: 10)
        #expect(actions.map(\.action) == ["label.originals-changed", "sealing-key.added"])
        #expect(actions.first?.details["before"] == "discard" && actions.first?.details["after"] == "sealed")
        let listed = try await server.run { try await $0.get("/api/sealing_keys", token: token) }
        #expect(listed.text.contains(key.publicKey.text) && !listed.text.contains("wayside-private"))
    }

    @Test("the page explains the choices, takes them, and never takes a private key")
    func page() async throws {
        let token = try await server.token(of: try await server.test.addAccount("admin", .admin))
        let post: @Sendable (String, String) async throws -> Answer = { path, form in
            try await server.run {
                try await $0.send(
                    .post, path, token: token, headers: [.contentType: "application/x-www-form-urlencoded"],
                    body: Array(form.utf8))
            }
        }
        let page = try await server.run { try await $0.get("/admin/originals", token: token) }
        #expect(page.text.contains("no unredacted byte of it is left") && page.text.contains("CAM-7"))
        let rule = "/admin/labels/\(label.id)/originals"
        let keyless = try await post(rule, "policy=sealed&days=")
        #expect(keyless.code == 422 && keyless.text.contains("sealing needs a key"))
        let file = server.test.folder.file("key")
        try key.write(to: file)
        let secret = try #require(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").last)
        let leaked = try await post("/admin/originals/keys", "name=safe&key=\(secret)")
        #expect(leaked.code == 422 && leaked.text.contains("That was a private key") && !leaked.text.contains(secret))
        #expect(try await post("/admin/originals/keys", "name=safe&key=\(key.publicKey.text)").code == 303)
        #expect(try await post(rule, "policy=sealed&key=\(key.publicKey.id)&days=soon").code == 422)
        #expect(try await post(rule, "policy=sealed&key=\(key.publicKey.id)&days=30").code == 303)
        #expect(
            try await catalogue.originals.rule(of: label.id)
                == OriginalsRule(.sealed, keyID: key.publicKey.id, days: 30))
        _ = try await picture(.sealed)
        let after = try await server.run { try await $0.get("/admin/originals", token: token) }
        #expect(after.text.contains("1 original is stored") && after.text.contains(key.publicKey.text))
        #expect(try await post("\(rule)/discard", "").code == 303)
        #expect(try await catalogue.originals.count(of: label.id) == 0)
    }

    @Test("an upload's page shows kept originals to the owner alone")
    func uploadPage() async throws {
        let id = try await picture(.kept)
        let set = try #require(try await catalogue.pictures.find(id, viewer: .system)).uploadSetID
        let manager = try await server.test.addAccount("manager", .manager, grants: [label])
        for (account, isShown) in [(owner, true), (manager, false)] {
            let token = try await server.token(of: account)
            let page = try await server.run { try await $0.get("/uploads/\(set)", token: token) }
            #expect(page.code == 200 && page.text.contains("/api/pictures/\(id)/original") == isShown)
        }
    }

    @Test("a broken picture is shown as such with its reason, and can be tried again or deleted there")
    func broken() async throws {
        let id = try await server.test.addBrokenPicture(by: owner, label: label, reason: "It took too long.")
        let set = try #require(try await catalogue.pictures.find(id, viewer: .system)).uploadSetID
        let token = try await server.token(of: owner)
        for query in ["", "?show=broken"] {
            let page = try await server.run { try await $0.get("/uploads/\(set)\(query)", token: token) }
            #expect(page.text.contains("It took too long.") && page.text.contains("shown to nobody"))
            #expect(page.text.contains("/uploads/\(set)/pictures/\(id)/retry"))
        }
        // Who manages the label is told as long as the owner does not keep the pictures for themselves.
        let manager = try await server.test.addAccount("manager", .manager, grants: [label])
        for (visibility, isShown) in [(Visibility.loggedOnly, true), (.ownerOnly, false)] {
            try await catalogue.pictures.setVisibility(id, visibility)
            let listed = try await catalogue.uploadSets.brokenFiles(set, limit: 10, viewer: manager.viewer)
            #expect(listed.isEmpty == !isShown)
        }
        let post: @Sendable (String, String) async throws -> Answer = { action, token in
            try await server.run {
                try await $0.send(
                    .post, "/uploads/\(set)/pictures/\(id)/\(action)", token: token,
                    headers: [.contentType: "application/x-www-form-urlencoded"], body: [])
            }
        }
        let stranger = try await server.token(of: try await server.test.addAccount("field", .field, grants: [label]))
        #expect(try await post("delete", stranger).code == 404)
        #expect(try await post("retry", token).code == 303)
        #expect(try await catalogue.pictures.find(id, viewer: .system)?.status == .waiting)
        #expect(try await post("delete", token).code == 409)
        try await server.test.process()
        #expect(try await post("delete", token).code == 303)
        #expect(try await catalogue.pictures.find(id, viewer: .system) == nil)
    }

    @Test("none of a broken picture's files is served, to anybody")
    func brokenIsNotServed() async throws {
        let id = try await server.test.addBrokenPicture(by: owner, label: label)
        let admin = try await server.test.addAccount("admin", .admin)
        for account in [owner, admin] {
            let token = try await server.token(of: account)
            for file in ["hd.jpg", "sd.jpg", "thumb.jpg", "original"] {
                let answer = try await server.run { try await $0.get("/api/pictures/\(id)/\(file)", token: token) }
                #expect(answer.code == 404, "\(account.name) \(file)")
            }
        }
    }
}
