import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Figures, jobs and the log for administrators")
struct DashboardTests {
    private let server: TestServer
    private let clock = TestClock()
    private let admin: Account
    private let token: String
    private let label: CameraLabel
    private let owner: Account

    init() async throws {
        server = try await TestServer(clock: clock)
        admin = try await server.test.addAccount("ada", .admin)
        token = try await server.token(of: admin)
        label = try await server.test.addLabel("CAM-7 <b>")
        owner = try await server.test.addAccount("olga", .field, grants: [label])
    }

    private var catalogue: Catalogue { server.test.catalogue }

    private func form(_ asker: Asker, _ path: String, _ body: String) async throws -> Answer {
        try await asker.send(
            .post, path, token: token, headers: [.contentType: "application/x-www-form-urlencoded"],
            body: Array(body.utf8))
    }

    @Test("figures are those of each day: pictures by label, queue, processor time, storage, and who is silent")
    func figures() async throws {
        let set = try await server.test.addUploadSet(by: owner, label: label)
        for _ in 0..<3 { try await server.test.admit(to: set, at: clock.now) }
        let start = clock.now.addingTimeInterval(-600)
        try await catalogue.samples.take(
            at: start, usage: DarkroomUsage(seconds: 10, made: 4), disk: (free: 5, size: 9))
        try await catalogue.samples.take(
            at: clock.now, usage: DarkroomUsage(seconds: 3, made: 2), disk: (free: 4, size: 9))
        let watch = try LabelWatch(
            rhythm: 3600, grace: 0, positionsMissing: nil, since: clock.now.addingTimeInterval(-86_400))
        let quiet = try await server.test.addLabel("Quiet")
        try await catalogue.labelWatches.set(watch, of: quiet.id, by: .system, at: clock.now)
        let token = token
        try await server.run { asker in
            let figures = try await asker.get("/api/admin/figures?days=2", token: token)
            #expect(figures.code == 200)
            let days = try #require(figures.value("days") as? [[String: Any]])
            #expect(days.count == 2)
            #expect(days.reduce(0) { $0 + ($1["pictures"] as? Int ?? 0) } == 3)
            #expect(days[1]["queue"] as? Int == 3 && days[1]["disk_free"] as? Int == 4)
            let labels = try #require(figures.value("labels") as? [[String: Any]])
            #expect(labels.count == 1 && labels[0]["name"] as? String == "CAM-7 <b>")
            #expect((labels[0]["pictures"] as? [Int])?.reduce(0, +) == 3)
            #expect((figures.value("samples") as? [Any])?.count == 2)
            #expect(figures.string("silent_labels", "0", "name") == "Quiet")
            for (query, code) in [
                ("days=0", 400), ("days=367", 400), ("utc_offset=841", 400), ("day=1", 400), ("days=366", 200),
            ] {
                #expect(try await asker.get("/api/admin/figures?\(query)", token: token).code == code, "\(query)")
            }
        }
    }

    @Test("seconds a picture are what was taken between two looks, by what was made between them")
    func seconds() async throws {
        let noon = DaySpan(last: 1, upTo: clock.now).start.addingTimeInterval(43_200)
        try await catalogue.samples.take(
            at: noon.addingTimeInterval(-86_400), usage: DarkroomUsage(seconds: 100, made: 1), disk: nil)
        try await catalogue.samples.take(at: noon, usage: DarkroomUsage(seconds: 3, made: 2), disk: nil)
        try await catalogue.samples.take(
            at: noon.addingTimeInterval(600), usage: DarkroomUsage(seconds: 6, made: 2), disk: nil)
        let token = token
        try await server.run { asker in
            let figures = try await asker.get("/api/admin/figures?days=1", token: token)
            #expect(figures.value("days", "0", "cpu_seconds_a_picture") as? Double == 2.25)
        }
    }

    @Test("the dashboard has the numbers in tables, escaped, in both languages", arguments: ["en", "fr"])
    func page(language: String) async throws {
        let token = token
        try await server.run { asker in
            let headers: HTTPFields = [.acceptLanguage: language]
            let empty = try await asker.get("/admin", token: token, headers: headers)
            #expect(empty.code == 200 && !empty.text.contains("id=\"days-table\""))
            #expect(empty.text.contains(language == "en" ? "No picture came" : "Aucune photo n’est arrivée"))
            let set = try await server.test.addUploadSet(by: owner, label: label)
            try await server.test.admit(to: set, at: clock.now)
            try await catalogue.samples.take(at: clock.now, usage: DarkroomUsage(), disk: (free: 1, size: 2))
            let page = try await asker.get("/admin?days=7", token: token, headers: headers)
            #expect(page.text.contains("CAM-7 &lt;b&gt;") && !page.text.contains("CAM-7 <b>"))
            #expect(page.text.contains("id=\"arrivals-table\"") && page.text.contains("id=\"days-table\""))
            #expect(page.text.contains("/vendor/uPlot.iife.js") && page.text.contains("aria-current=\"page\">7 "))
            let login = try await asker.get("/login")
            #expect(!login.text.contains("uPlot"))
        }
    }

    @Test("jobs that failed and broken pictures are shown with their reasons and tried again")
    func jobs() async throws {
        let set = try await server.test.addUploadSet(by: owner, label: label)
        try await server.test.admit(to: set)
        let job = try #require(try await server.test.claim().first)
        let later = Date.now.addingTimeInterval(86_400)
        try await catalogue.jobs.retry(job, at: later, error: "The disk <is> full.")
        let token = token
        try await server.run { asker in
            let list = try await asker.get("/api/admin/jobs?failing=true", token: token)
            #expect(list.value("jobs", "0", "id") as? Int == Int(job.id))
            #expect(list.string("jobs", "0", "last_error") == "The disk <is> full.")
            #expect(list.value("setbacks", "0", "jobs") as? Int == 1)
            let page = try await asker.get("/admin/jobs", token: token)
            #expect(
                page.text.contains("The disk &lt;is&gt; full.") && page.text.contains("/admin/jobs/\(job.id)/retry"))
            #expect(try await form(asker, "/admin/jobs/\(job.id)/retry", "").code == 303)
        }
        let again = try #require(try await server.test.claim(now: .now.addingTimeInterval(5)).first)
        #expect(again.id == job.id)
        try await server.run { (asker) async throws in
            // In somebody's hands.
            let refused = try await asker.send(.post, "/api/admin/jobs/\(job.id)/retry", token: token)
            let page = try await form(asker, "/admin/jobs/\(job.id)/retry", "")
            #expect(refused.code == 409 && page.code == 422)
        }
        try await catalogue.jobs.retry(again, at: later, error: "The disk <is> full.")
        try await server.run { asker in
            let none = try await asker.post("/api/admin/jobs/retry", json: #"{"reason":"Another."}"#, token: token)
            #expect(none.value("retried") as? Int == 0)
            #expect(try await asker.send(.post, "/api/admin/jobs/retry", token: token).value("retried") as? Int == 1)
        }
    }

    @Test("broken pictures are tried again, one or all; one that is not broken is refused")
    func broken() async throws {
        let first = try await server.test.addBrokenPicture(by: owner, label: label, reason: "It is no picture.")
        try await server.test.addBrokenPicture(by: owner, label: label)
        let good = try await server.test.addPreparedPicture(by: owner, label: label)
        let token = token
        try await server.run { asker in
            let list = try await asker.get("/api/admin/broken_pictures", token: token)
            #expect(list.value("total") as? Int == 2 && list.ids(of: "pictures").contains(first.string))
            let page = try await asker.get("/admin/jobs", token: token)
            #expect(page.text.contains("It is no picture.") && page.text.contains("data-picture=\"\(first)\""))
            #expect(try await form(asker, "/admin/jobs/broken/retry", "picture=\(first)").code == 303)
            #expect(try await catalogue.pictures.find(first, viewer: .system)?.status == .waiting)
            let path = "/api/admin/broken_pictures/retry"
            let refused = try await asker.post(path, json: #"{"pictures":["\#(good)"]}"#, token: token)
            #expect(refused.code == 409)
            let missing = try await asker.post(path, json: #"{"pictures":["\#(PictureID())"]}"#, token: token)
            #expect(missing.code == 404)
            #expect(try await asker.send(.post, path, token: token).value("retried") as? Int == 1)
            #expect(try await catalogue.pictures.brokenCount() == 0)
        }
    }

    @Test("the log is asked by who, what and when, on the page and in the API, and by administrators alone")
    func audit() async throws {
        for index in 0..<5 {
            try await catalogue.audit.record(
                "label.created", by: admin.viewer, subject: "<\(index)>", details: ["n": "\(index)"], at: clock.now)
        }
        try await catalogue.audit.record("backup.made", by: .system, subject: "all", details: [:], at: clock.now)
        let others = try await [Role.viewer, .field, .manager].asyncMap { role in
            try await server.token(of: try await server.test.addAccount("a-\(role.rawValue)", role))
        }
        let token = token
        try await server.run { asker in
            let page = try await asker.get("/api/admin/audit?actor=ada&action=label&limit=3", token: token)
            #expect((page.value("entries") as? [Any])?.count == 3)
            #expect(
                page.string("entries", "0", "subject") == "<4>" && page.string("entries", "0", "actor_name") == "ada")
            let rest = try await asker.get(try #require(page.target("next")), token: token)
            #expect((rest.value("entries") as? [Any])?.count == 2 && rest.links("next").isEmpty)
            #expect(
                try await asker.get("/api/admin/audit?actor=system", token: token).string("entries", "0", "action")
                    == "backup.made")
            let none = try await asker.get("/api/admin/audit?to=2020-01-01", token: token)
            #expect((none.value("entries") as? [Any])?.isEmpty == true)
            for query in ["from=yesterday", "before=x", "limit=0", "who=ada"] {
                #expect(try await asker.get("/api/admin/audit?\(query)", token: token).code == 400, "\(query)")
            }
            let html = try await asker.get("/admin/audit?action=label&limit=2", token: token)
            #expect(html.text.contains("&lt;4&gt;") && !html.text.contains("<4>") && html.text.contains("rel=\"next\""))
            let bad = try await asker.get("/admin/audit?from=yesterday", token: token, headers: [.acceptLanguage: "fr"])
            #expect(bad.code == 400 && bad.text.contains("role=\"alert\"") && bad.text.contains("est une date comme"))
            for other in others {
                for path in ["/api/admin/audit", "/admin/audit", "/admin", "/api/admin/figures", "/admin/jobs"] {
                    #expect(try await asker.get(path, token: other).code == 404, "\(path)")
                }
            }
        }
    }

    @Test("tokens and sessions of an account are listed without their secret, and end at once")
    func tokens() async throws {
        let own = try await server.services.issueToken(for: owner, description: "QGIS <x>")
        let token = token
        try await server.run { asker in
            #expect(try await asker.get("/api/users/me/tokens", token: own.signed).code == 200)
            let list = try await asker.get("/api/accounts/\(owner.id)/tokens", token: token)
            #expect(list.ids(of: "tokens") == [own.token.id.string] && !list.text.contains(own.signed))
            let page = try await asker.get("/admin/accounts/\(owner.id)/tokens", token: token)
            #expect(page.text.contains("QGIS &lt;x&gt;"))
            // A token of somebody else's is not that account's.
            let wrong = "/api/accounts/\(admin.id)/tokens/\(own.token.id)"
            #expect(try await asker.send(.delete, wrong, token: token).code == 404)
            let path = "/admin/accounts/\(owner.id)/tokens/\(own.token.id)/revoke"
            #expect(try await form(asker, path, "").code == 303)
            #expect(try await asker.get("/api/users/me/tokens", token: own.signed).code == 401)
            #expect(try await asker.get("/api/accounts/\(owner.id)/tokens", token: token).ids(of: "tokens").isEmpty)
            let audit = try await asker.get("/api/admin/audit?action=account.token-revoked", token: token)
            #expect(audit.string("entries", "0", "details", "token") == own.token.id.string)
        }
    }

    @Test("storage is told by kind, in the API and on the status page")
    func storage() async throws {
        try await server.test.addPreparedPicture(by: owner, label: label)
        let token = token
        try await server.run { asker in
            let storage = try await asker.get("/api/admin/storage", token: token)
            let kinds = try #require(storage.value("stored") as? [[String: Any]])
            #expect(kinds.first { $0["kind"] as? String == "sd" }?["files"] as? Int == 1)
            #expect(kinds.reduce(0) { $0 + ($1["bytes"] as? Int ?? 0) } == storage.value("bytes") as? Int)
            #expect(storage.value("disk", "size") as? Int ?? 0 > 0)
            #expect(try await asker.get("/admin/status", token: token).text.contains("Screen size"))
        }
    }
}

extension Array {
    /// One after the other.
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
