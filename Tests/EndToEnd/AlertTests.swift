import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Alerts of the built server", .serialized, .timeLimit(.minutes(5)))
struct AlertTests {
    @Test("a label that falls silent is told of by mail and webhook, and so is that it speaks again")
    func silence() async throws {
        let (mail, receiver) = (try await SMTPServer(), try await WebhookReceiver())
        let server = try BuiltServer([
            "WAYSIDE_ALERT_TO": "ops@example.org", "WAYSIDE_ALERT_FROM": "wayside@example.org",
            "WAYSIDE_SMTP_HOST": "127.0.0.1", "WAYSIDE_SMTP_PORT": "\(mail.port)", "WAYSIDE_SMTP_SECURITY": "none",
            "WAYSIDE_ALERT_WEBHOOK": receiver.address, "WAYSIDE_ALERT_WEBHOOK_SECRET": "shared words",
            "WAYSIDE_ALERT_DISK": "100", "WAYSIDE_LANGUAGE": "fr",
        ])
        try await server.start()
        let batch = try await Batch.open(on: server)
        try await server.stop()
        try await server.wayside("alerts", "test")
        #expect(mail.mails.count == 1 && receiver.posts.count == 1)
        // As if it had been watched for an hour.
        let engine = try await SQLiteEngine(
            path: "\(server.data)/catalogue.sqlite", migrations: CatalogueEngines.sqlite.migrations)
        let catalogue = Catalogue(engine: engine)
        let label = try #require(try await catalogue.labels.list(viewer: .system).first)
        let watch = try LabelWatch(rhythm: 1800, grace: 0, positionsMissing: nil, since: .now.addingTimeInterval(-3600))
        try await catalogue.labelWatches.set(watch, of: label.id, by: .system, at: .now)
        try await server.start()
        try await eventually { mail.mails.count == 2 && receiver.posts.count == 2 }
        #expect(try await server.wayside("alerts").contains("Nothing has come from the camera label “CAM 01” yet"))
        _ = try await batch.send(TestJPEG.drive(0).data(), name: "0.jpg")
        // It looks at once when it starts.
        try await server.stop()
        try await server.start()
        try await eventually { mail.mails.count == 3 && receiver.posts.count == 3 }
        #expect(receiver.posts.map(\.type) == ["alert.raised", "alert.raised", "alert.recovered"])
        let subjects = try mail.mails.map { mail in
            try #require(SMTPServer.read(mail).headers["Subject"]).split(separator: " ").compactMap {
                Data(base64Encoded: String($0.dropFirst(10).dropLast(2))).map { String(decoding: $0, as: UTF8.self) }
            }.joined()
        }
        #expect(subjects[1].contains("«\u{A0}CAM 01\u{A0}» est muette"), "\(subjects)")
        #expect(subjects[2].contains("Terminé"), "\(subjects)")
        #expect(!SMTPServer.read(mail.mails[2]).text.contains("driver"))
        try engine.close()
    }

    @Test("a receiver that is down keeps neither the server from serving nor from stopping")
    func down() async throws {
        let server = try BuiltServer(["WAYSIDE_ALERT_WEBHOOK": "http://127.0.0.1:1/", "WAYSIDE_ALERT_DISK": "1"])
        try await server.start()
        try await eventually { server.log.contains("An alert could not be sent") }
        try await server.wayside("account", "create", "boss", "--role", "admin")
        let client = Client(server, token: try await server.wayside("token", "create", "boss"))
        let list = try await client.get("/api/alerts")
        #expect(list.status == 200 && list.text.contains("disk-full") && list.text.contains("cannot be reached"))
        #expect(try await server.stop() == 0)
    }
}
