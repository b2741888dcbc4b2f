import Alerts
import AsyncHTTPClient
import Catalogue
import Crypto
import Domain
import Foundation
import Logging
import NIOHTTP1
import Synchronization
import TestSupport
import Testing

@Suite("Alerts that are told")
struct AlertServiceTests {
    /// What the tests turn: the time, and whether there is trouble.
    private final class World: Sendable {
        private let state = Mutex<(now: Date, trouble: Bool)>((TestCatalogue.epoch, false))

        var now: Date { state.withLock { $0.now } }
        var trouble: Bool { state.withLock { $0.trouble } }

        func pass(minutes: Double, trouble: Bool) {
            state.withLock { $0 = ($0.now.addingTimeInterval(minutes * 60), trouble) }
        }
    }

    private static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private func service(_ test: TestCatalogue, _ world: World, _ channels: [any AlertChannel]) -> AlertService {
        AlertService(
            alerts: test.catalogue.alerts,
            looks: [
                AlertLook([.diskFull]) { _ in
                    [
                        AlertFinding(
                            AlertTopic(.diskFull), isTrouble: world.trouble, grace: 120, details: ["percent": "97"])
                    ]
                }
            ], channels: channels, reminder: 3600,
            message: { notice in
                AlertMessage(
                    notice: notice, title: "Disk: \(notice.event.rawValue)", text: "It is full.\n", instance: "Wayside")
            }, clock: ServiceClock(now: { world.now }, sleep: { try await Task.sleep(for: $0) }), logger: Self.quiet)
    }

    private func mail(to server: SMTPServer) throws -> MailChannel {
        MailChannel(
            server: MailServer(host: "127.0.0.1", port: server.port, security: .none, login: nil),
            from: try MailAddress("wayside@server.example"), to: [try MailAddress("ops@server.example")],
            logger: Self.quiet)
    }

    private func subjects(_ server: SMTPServer) -> [String] {
        server.mails.compactMap { SMTPServer.read($0).headers["Subject"] }
    }

    @Test("trouble, a reminder and its end each arrive once, by mail and by webhook")
    func whole() async throws {
        let test = try await TestCatalogue()
        let (world, server, receiver) = (World(), try await SMTPServer(), try await WebhookReceiver())
        let webhook = WebhookChannel(
            client: .shared, address: receiver.address, secret: "shared words", now: { world.now })
        let service = service(test, world, [try mail(to: server), webhook])
        for (minutes, trouble) in [
            (0, false), (1, true), (1, true), (1, true), (1, true), (60, true), (1, false), (1, false),
        ] {
            world.pass(minutes: Double(minutes), trouble: trouble)
            await service.round()
        }
        #expect(subjects(server) == ["raised", "reminded", "recovered"].map { "[Wayside] Disk: \($0)" })
        let mails = server.mails.map { SMTPServer.read($0).headers }
        // Answers to the first, so that they lie together.
        #expect(mails[0]["In-Reply-To"] == nil && mails[1]["In-Reply-To"] == mails[0]["Message-ID"])
        #expect(Set(mails.map { $0["Message-ID"] }).count == 3)
        #expect(receiver.posts.map(\.type) == ["alert.raised", "alert.reminded", "alert.recovered"])
        let alert = try #require(receiver.posts.last?.document?["alert"] as? [String: Any])
        #expect(alert["state"] as? String == "recovered" && alert["reminders"] as? Int == 1)
        #expect((alert["details"] as? [String: String]) == ["percent": "97"])
        for post in receiver.posts {
            #expect(try Self.isSigned(post, "shared words") && !Self.isSigned(post, "others"))
        }
        let listed = try #require(try await test.catalogue.alerts.list(limit: 10).first)
        #expect(!listed.isOpen && listed.reminders == 1)
    }

    /// As a receiver checks it.
    private static func isSigned(_ post: WebhookReceiver.Post, _ secret: String) throws -> Bool {
        let parts = try #require(post.signature).split(separator: ",").map { $0.split(separator: "=")[1] }
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(parts[0]).".utf8) + post.body, using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { String(format: "%02x", $0) }.joined() == parts[1]
    }

    @Test(
        "a receiver that is down is tried again, later and later, and hears it all in order; the other waits for nobody"
    )
    func down() async throws {
        let test = try await TestCatalogue()
        let (world, server, receiver) = (World(), try await SMTPServer(), try await WebhookReceiver())
        receiver.answer(.internalServerError)
        let service = service(
            test, world,
            [WebhookChannel(client: .shared, address: receiver.address, secret: nil), try mail(to: server)])
        for minutes in [0, 2] {
            world.pass(minutes: Double(minutes), trouble: true)
            await service.round()
        }
        #expect(subjects(server).count == 1 && receiver.posts.count == 1)
        #expect(receiver.posts[0].signature == nil)
        let waiting = try await test.catalogue.alerts.waiting()
        #expect(waiting == [.init(channel: "webhook", notices: 1, reason: "The webhook answers 500.")])
        // Not yet due again.
        world.pass(minutes: 0.5, trouble: false)
        await service.round()
        #expect(receiver.posts.count == 1 && subjects(server).count == 2)
        world.pass(minutes: 1, trouble: false)
        await service.round()
        #expect(receiver.posts.count == 2)
        world.pass(minutes: 1.5, trouble: false)
        await service.round()
        #expect(receiver.posts.count == 2)
        receiver.answer(.noContent)
        world.pass(minutes: 1, trouble: false)
        await service.round()
        #expect(receiver.posts.suffix(2).map(\.type) == ["alert.raised", "alert.recovered"])
        let numbers = receiver.posts.compactMap { $0.document?["notice"] as? Int }
        #expect(numbers[0] == numbers[1] && numbers[1] == numbers[2] && numbers[3] > numbers[2])
        #expect(try await test.catalogue.alerts.waiting().isEmpty)
    }

    @Test("what nobody takes for three days is told no more, and the address is never in a reason")
    func patience() async throws {
        let test = try await TestCatalogue()
        let world = World()
        let address = "http://127.0.0.1:1/hook?key=secret"
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let service = service(test, world, [WebhookChannel(client: client, address: address, secret: nil)])
        for minutes in [0, 2] {
            world.pass(minutes: Double(minutes), trouble: true)
            await service.round()
        }
        let reason = try #require(try await test.catalogue.alerts.waiting().first?.reason)
        #expect(reason.hasPrefix("The webhook cannot be reached.") && !reason.contains("secret"))
        world.pass(minutes: 3 * 1440 + 5, trouble: true)
        await service.round()
        // Only the reminder that came since.
        #expect(try await test.catalogue.alerts.waiting().map(\.notices) == [1])
        try await client.shutdown()
    }

    @Test("who says that it is known is not reminded; over it cannot be said any more")
    func acknowledged() async throws {
        let test = try await TestCatalogue()
        let (world, receiver) = (World(), try await WebhookReceiver())
        let admin = try await test.addAccount("ada", .admin)
        let service = service(test, world, [WebhookChannel(client: .shared, address: receiver.address, secret: nil)])
        for minutes in [0, 2] {
            world.pass(minutes: Double(minutes), trouble: true)
            await service.round()
        }
        let alert = try #require(try await test.catalogue.alerts.list(limit: 1).first)
        for _ in 0..<2 {
            let known = try await test.catalogue.alerts.acknowledge(
                alert.id, by: .account(admin.id, .admin), at: world.now)
            #expect(known.acknowledgedBy == admin.id)
        }
        for (minutes, trouble) in [(61, true), (200, true), (1, false)] {
            world.pass(minutes: Double(minutes), trouble: trouble)
            await service.round()
        }
        #expect(receiver.posts.map(\.type) == ["alert.raised", "alert.recovered"])
        let audited = try await test.catalogue.audit.list(before: nil, limit: 10)
        #expect(audited.filter { $0.action == "alert.acknowledged" }.count == 1)
    }
}
