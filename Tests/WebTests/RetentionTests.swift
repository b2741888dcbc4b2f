import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Retention over HTTP")
struct RetentionTests {
    private let server: TestServer
    private let label: CameraLabel
    private let token: String
    private let picture: PictureID

    init() async throws {
        server = try await TestServer()
        label = try await server.test.addLabel("CAM-7")
        let owner = try await server.test.addAccount("olga", .field, grants: [label])
        // It came on the day that tests count from, long ago.
        picture = try await server.test.addPreparedPicture(by: owner, label: label)
        token = try await server.token(of: try await server.test.addAccount("ada", .admin))
    }

    private func put(_ body: String, dryRun: Bool = false) async throws -> Answer {
        let (path, token) = ("/api/camera_labels/\(label.id)/retention\(dryRun ? "?dry_run=true" : "")", token)
        return try await server.run { asker in
            try await asker.send(
                .put, path, token: token, headers: [.contentType: "application/json"], body: Array(body.utf8))
        }
    }

    private func plan(_ answer: Answer) throws -> [String: Any] {
        try #require((answer.value("plan") as? [[String: Any]])?.first)
    }

    @Test("a dry run says what would go and changes nothing; the rule itself only says what will")
    func api() async throws {
        let dry = try await put(#"{"picture":{"bytes":0}}"#, dryRun: true)
        #expect(try plan(dry)["count"] as? Int == 1 && plan(dry)["class"] as? String == "picture")
        #expect(try await server.test.catalogue.retention.rules().isEmpty)
        let set = try await put(#"{"picture":{"bytes":0},"original":{"days":30}}"#)
        #expect(set.code == 200 && set.value("original", "days") as? Int == 30)
        let (path, token) = ("/api/camera_labels/\(label.id)/retention", token)
        let (shown, all) = try await server.run { asker in
            (try await asker.get(path, token: token), try await asker.get("/api/retention", token: token))
        }
        #expect(shown.value("picture", "bytes") as? Int == 0)
        let lines = try #require(all.value("plan") as? [[String: Any]])
        #expect(lines.map { $0["class"] as? String } == ["original", "picture"])
        #expect(lines.map { $0["count"] as? Int } == [0, 1])
        #expect(try await server.test.catalogue.pictures.find(picture, viewer: .system) != nil)
        for bad in [#"{"picture":{"days":0}}"#, #"{"original":{"bytes":-1}}"#] {
            #expect(try await put(bad).code == 422)
        }
        let raw = try await put(#"{"raw":{"days":7},"picture":{"bytes":0}}"#)
        #expect(raw.code == 200 && raw.value("raw", "days") as? Int == 7)
        let again = try await put(#"{"picture":{"bytes":0},"raw":{"days":7}}"#)
        #expect(again.text == raw.text)
        let audit = try await server.test.catalogue.audit.list(before: nil, limit: 9)
        #expect(audit.count { $0.action == "label.retention-changed" } == 2)
        #expect(try await put("{}").code == 200)
        #expect(try await server.test.catalogue.retention.rules().isEmpty)
    }

    @Test("the page previews before it saves", arguments: ["en", "fr"])
    func page(language: String) async throws {
        let (token, path) = (token, "/admin/labels/\(label.id)/retention")
        let headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .acceptLanguage: language,
        ]
        func post(_ body: String) async throws -> Answer {
            try await server.run {
                try await $0.send(.post, path, token: token, headers: headers, body: Array(body.utf8))
            }
        }
        let preview = try await post("original-days=&original-size=&picture-days=&picture-size=0,0&action=preview")
        #expect(preview.code == 200 && preview.text.contains(language == "en" ? "1 would go" : "1 partirait"))
        #expect(try await server.test.catalogue.retention.rules().isEmpty)
        let saved = try await post("original-days=30&original-size=&picture-days=&picture-size=1,5&action=save")
        #expect(saved.code == 303)
        let rules = try await server.test.catalogue.retention.rules()
        #expect(rules.map(\.days) == [30, nil] && rules.map(\.bytes) == [nil, 1_500_000_000])
        let shown = try await server.run {
            try await $0.get("/admin/retention", token: token, headers: [.acceptLanguage: language])
        }
        #expect(shown.text.contains("value=\"30\"") && shown.text.contains("value=\"1.5\""))
        for bad in ["picture-days=soon", "picture-size=-1", "original-days=99999"] {
            let answer = try await post("\(bad)&action=save")
            #expect(answer.code == 422 && answer.text.contains("role=\"alert\""))
        }
        #expect(try await server.test.catalogue.retention.rules() == rules)
    }
}
