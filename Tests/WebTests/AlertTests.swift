import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Alerts over HTTP")
struct AlertTests {
    private let server: TestServer
    private let label: CameraLabel
    private let token: String

    init() async throws {
        server = try await TestServer { $0.alertChannels = ["mail", "webhook"] }
        label = try await server.test.addLabel("CAM-7 <b>")
        token = try await server.token(of: try await server.test.addAccount("ada", .admin))
    }

    /// A label that is silent, told by webhook in vain.
    private func raise() async throws -> Alert {
        let watch = try LabelWatch(rhythm: 5400, grace: 0, positionsMissing: nil, since: TestCatalogue.epoch)
        try await server.test.catalogue.labelWatches.set(watch, of: label.id, by: .system, at: TestCatalogue.epoch)
        let now = TestCatalogue.epoch.addingTimeInterval(86_400)
        let findings = try await server.test.catalogue.labelWatches.watched(at: now).flatMap { $0.findings(at: now) }
        let alerts = server.test.catalogue.alerts
        try await alerts.note(findings, of: [.labelSilent], channels: ["webhook"], reminder: 60, at: now)
        let notice = try #require(try await alerts.nextNotice(for: "webhook", at: now))
        try await alerts.retry(notice, reason: "The webhook answers 500.", due: now)
        return try #require(try await alerts.list(limit: 1).first)
    }

    @Test("an administrator reads what is amiss in two languages, and says that it is known")
    func api() async throws {
        let alert = try await raise()
        let token = token
        try await server.run { asker in
            let list = try await asker.get("/api/alerts", token: token)
            let document = try #require((list.value("alerts") as? [[String: Any]])?.first)
            #expect(document["kind"] as? String == "label-silent" && document["state"] as? String == "raised")
            #expect(document["subject"] as? String == label.id.string)
            #expect(
                (document["message"] as? String)
                    == "Nothing has come from the camera label “CAM-7 <b>” yet; its rhythm is 1 hour 30 minutes.")
            let channels = try #require(list.value("channels") as? [[String: Any]])
            #expect(channels.map { $0["waiting"] as? Int } == [0, 1])
            #expect(channels[1]["problem"] as? String == "The webhook answers 500.")
            let french = try await asker.get("/api/alerts", token: token, headers: [.acceptLanguage: "fr"])
            #expect(french.text.contains("son rythme est de 1 heure 30 minutes."))
            let path = "/api/alerts/\(alert.id)/acknowledge"
            let known = try await asker.send(.post, path, token: token)
            #expect(known.code == 200 && known.value("acknowledged_at") is String)
            let other = try await asker.get("/api/alerts?limit=0", token: token)
            #expect(other.code == 400)
        }
        // Over, there is nothing to know any more.
        try await server.test.catalogue.alerts.note(
            [AlertFinding(alert.topic, isTrouble: false)], of: [.labelSilent], channels: [], reminder: 60, at: .now)
        let second = try await raise()
        try await server.test.catalogue.alerts.note([], of: [.labelSilent], channels: [], reminder: 60, at: .now)
        try await server.run { asker in
            let late = try await asker.send(.post, "/api/alerts/\(second.id)/acknowledge", token: token)
            #expect(late.code == 409)
        }
    }

    @Test("the page shows them, escaped, and takes what is expected of a label", arguments: ["en", "fr"])
    func page(language: String) async throws {
        let alert = try await raise()
        let token = token
        let headers: HTTPFields = [.acceptLanguage: language]
        try await server.run { asker in
            let page = try await asker.get("/admin/alerts", token: token, headers: headers)
            #expect(page.code == 200 && page.text.contains("CAM-7 &lt;b&gt;") && !page.text.contains("CAM-7 <b>"))
            #expect(page.text.contains(language == "en" ? "is silent" : "est muette"))
            #expect(page.text.contains("/admin/alerts/\(alert.id)/acknowledge"))
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .acceptLanguage: language]
            func post(_ path: String, _ body: String) async throws -> Answer {
                try await asker.send(.post, path, token: token, headers: form, body: Array(body.utf8))
            }
            #expect(try await post("/admin/alerts/\(alert.id)/acknowledge", "").code == 303)
            let after = try await asker.get("/admin/alerts", token: token, headers: headers)
            #expect(!after.text.contains("/admin/alerts/\(alert.id)/acknowledge"))
            let path = "/admin/labels/\(label.id)/watch"
            #expect(try await post(path, "rhythm=0,5&grace=&positions=20").code == 303)
            let watch = try await asker.get("/api/camera_labels/\(label.id)/watch", token: token)
            #expect(watch.value("rhythm_minutes") as? Int == 30 && watch.value("grace_minutes") as? Int == 15)
            for body in [
                "rhythm=often&grace=&positions=", "rhythm=1&grace=&positions=100", "rhythm=9999999&grace=&positions=",
            ] {
                let bad = try await post(path, body)
                #expect(bad.code == 422 && bad.text.contains("role=\"alert\""))
            }
            #expect(try await post(path, "rhythm=&grace=&positions=").code == 303)
            let off = try await asker.get("/api/camera_labels/\(label.id)/watch", token: token)
            #expect(off.value("rhythm_minutes") is NSNull)
        }
    }

    @Test(
        "what is told in a mail has the facts, the address of the page, and nobody's name",
        arguments: AlertEvent.allCases)
    func told(event: AlertEvent) async throws {
        let alert = try await raise()
        let words = try AlertWords(.english, folder: server.services.configuration.templatesFolder)
        let notice = AlertNotice(number: 1, event: event, alert: alert, at: alert.since, attempts: 0)
        let told = words.told(notice, address: "https://pictures.example.org/admin/alerts")
        #expect(told.title.hasSuffix("“CAM-7 <b>” is silent") && told.text.contains("https://pictures.example.org/"))
        #expect(!told.text.contains("{") && !told.text.contains("ada") && !told.text.contains("alerts.told"))
    }

    @Test("every kind has its words in both languages", arguments: AlertTopic.Kind.allCases)
    func words(kind: AlertTopic.Kind) throws {
        for language in [Language.english, .french] {
            let words = try AlertWords(language, folder: server.services.configuration.templatesFolder)
            let alert = Alert(topic: AlertTopic(kind), details: [:], since: .now)
            #expect(!words.title(alert).hasPrefix("alerts.") && !words.text(alert).hasPrefix("alerts."))
        }
    }
}
