import Catalogue
import Domain
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@Suite("Raw files over HTTP")
struct RawFileTests {
    private let server: TestServer
    private let label: CameraLabel
    private let owner: Account
    private static let bytes = TestServer.bytes(count: 50_000, seed: 4)

    init() async throws {
        server = try await TestServer()
        label = try await server.test.addLabel("CAM-7")
        owner = try await server.test.addAccount("olga", .field, grants: [label])
    }

    private var catalogue: Catalogue { server.test.catalogue }

    /// A picture in a sequence that is made from a raw file, which is kept unless it is discarded.
    private func picture(isKept: Bool = true) async throws -> (id: PictureID, set: UploadSet) {
        let set = try await server.test.addUploadSet(by: owner, label: label)
        let id = try await server.test.admit(TestPicture("100/A1.NEF"), to: set)
        try await catalogue.uploadSets.complete(set.id, at: .now)
        for job in try await server.test.claim() { try await server.test.work(on: job) }
        let jobs = try await server.test.claim()
        for job in jobs where job.step != .develop(id) { try await server.test.work(on: job) }
        let job = try #require(jobs.first { $0.step == .develop(id) })
        let tags = TestPicture().tags
        let stored = StoredOriginal(kind: .kept, keyID: nil, size: Int64(Self.bytes.count), sha256: "cafe")
        let fate: RawFate = isKept ? .stored(stored) : .discarded(Rejection(.invalidFile, "No."))
        try await catalogue.pictures.developed(
            id, tags: tags, redactions: [], derivatives: TestCatalogue.derivatives(of: tags), revision: 1, raw: fate,
            ending: job)
        let path = server.test.folder.file(UUID().uuidString)
        try Data(Self.bytes).write(to: URL(filePath: path))
        try await server.store.put(.raw(id, .kept), fileAt: path)
        return (id, set)
    }

    private func ask(_ path: String, as account: Account?) async throws -> Answer {
        var token: String?
        if let account { token = try await server.token(of: account) }
        return try await server.run { [token] in try await $0.send(.get, path, token: token) }
    }

    @Test("one comes to its owner and administrators with its own type, and each time is logged")
    func fetching() async throws {
        let (id, _) = try await picture()
        let admin = try await server.test.addAccount("admin", .admin)
        for account in [owner, admin] {
            let answer = try await ask("/api/pictures/\(id)/raw", as: account)
            #expect(answer.code == 200 && answer.bytes == Self.bytes)
            #expect(answer.headers[.contentType] == "image/x-nikon-nef")
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"\(id).nef\"")
            #expect(answer.headers[.cacheControl] == "private, no-store")
        }
        let actions = try await catalogue.audit.list(before: nil, limit: 10).filter { $0.action == "raw.fetched" }
        #expect(actions.map(\.actor) == [admin.id.string, owner.id.string])
        // It is the raw file that is there, no original.
        #expect(try await ask("/api/pictures/\(id)/original", as: owner).code == 404)
    }

    @Test("nobody else learns of one: not by its address, and not from the item, alone or in lists")
    func others() async throws {
        let (id, _) = try await picture()
        let others = [
            try await server.test.addAccount("manager", .manager, grants: [label]),
            try await server.test.addAccount("viewer", .viewer, grants: [label]),
        ]
        for account in others {
            let none = try await ask("/api/pictures/\(PictureID())/raw", as: account)
            let answer = try await ask("/api/pictures/\(id)/raw", as: account)
            #expect(answer.code == 404 && answer.text == none.text)
            for path in ["/api/pictures/\(id)", "/api/search?limit=10"] {
                let item = try await ask(path, as: account)
                #expect(item.code == 200 && item.text.contains(id.string) && !item.text.contains("/raw"))
            }
        }
        #expect(try await ask("/api/pictures/\(id)/raw", as: nil).code == 401)
        for path in ["/api/pictures/\(id)", "/api/search?limit=10"] {
            let item = try await ask(path, as: owner)
            #expect(item.text.contains(#""roles":["data"],"type":"image/x-nikon-nef""#))
            #expect(item.text.contains("/api/pictures/\(id)/raw") && item.text.contains("\"1220cafe\""))
        }
    }

    @Test("the upload set says what became of one, in words of who reads it")
    func page() async throws {
        for (isKept, words) in [(true, "raw file kept"), (false, "picture made, raw file not kept")] {
            let (id, set) = try await picture(isKept: isKept)
            let page = try await ask("/uploads/\(set.id)", as: owner)
            #expect(page.code == 200 && page.text.contains(words))
            #expect(page.text.contains("/api/pictures/\(id)/raw") == isKept)
            let files = try await ask("/api/upload_sets/\(set.id)/files", as: owner)
            #expect(files.text.contains(isKept ? #""raw":"kept""# : #""raw":"discarded""#))
        }
    }

    @Test("administrators say whether a label takes them; what is not said stays")
    func rule() async throws {
        let token = try await server.token(of: try await server.test.addAccount("admin", .admin))
        let path = "/api/camera_labels/\(label.id)/originals"
        let put: @Sendable (String) async throws -> Answer = { body in
            try await server.run { try await $0.send(.put, path, token: token, body: Array(body.utf8)) }
        }
        #expect(try await put(#"{"policy":"keep"}"#).text.contains(#""raw":true"#))
        #expect(try await put(#"{"policy":"keep","raw":false}"#).text.contains(#""raw":false"#))
        #expect(try await put(#"{"policy":"discard"}"#).text.contains(#""raw":false"#))
        #expect(try await catalogue.originals.rule(of: label.id).takesRaw == false)
        let change = try await catalogue.audit.list(before: nil, limit: 10).first { $0.details["raw"] != nil }
        #expect(change?.details["raw"] == "refused")
        let page = try await ask("/admin/originals", as: try await server.test.addAccount("root", .admin))
        #expect(page.text.contains(#"name="raw">"#))
    }
}
