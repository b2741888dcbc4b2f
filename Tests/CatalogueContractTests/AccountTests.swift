import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Accounts, tokens, labels and the audit log")
struct AccountTests {
    let epoch = TestCatalogue.epoch

    @Test("a name is unique without case, and found without case", arguments: CatalogueEngines.allCases)
    func names(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let accounts = test.catalogue.accounts
        let zoe = try await test.addAccount("Zoé", .manager, passwordHash: "hash")
        #expect(try await accounts.find(name: "ZOÉ") == zoe)
        #expect(try await accounts.find(name: "zoe\u{301}") == zoe)
        #expect(try await accounts.find(name: "zoe") == nil)
        #expect(try await accounts.credentials(name: "zoé")?.passwordHash == "hash")
        let failure = await #expect(throws: Failure.self) { try await test.addAccount("zoé") }
        #expect(failure?.code == .conflict)
        var other = try await test.addAccount("amy")
        #expect(try await accounts.list().map(\.name) == ["amy", "Zoé"])
        #expect(try await accounts.count() == 2)
        other.name = "ZOÉ"
        await #expect(throws: Failure.self) { try await accounts.update(other) }
        other.name = "Amy"
        other.role = .admin
        other.isDisabled = true
        try await accounts.update(other)
        #expect(try await accounts.find(other.id) == other)
    }

    @Test("a new password replaces the old and says whether it must change", arguments: CatalogueEngines.allCases)
    func passwords(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let account = try await test.addAccount("amy")
        try await test.catalogue.accounts.setPassword(account.id, hash: "new", mustChange: true)
        let found = try #require(try await test.catalogue.accounts.credentials(name: "amy"))
        #expect(found.passwordHash == "new")
        #expect(found.account.mustChangePassword)
        let missing = AccountID()
        await #expect(throws: Failure.self) {
            try await test.catalogue.accounts.setPassword(missing, hash: "x", mustChange: false)
        }
    }

    @Test("failed logins made at the same time all count", arguments: CatalogueEngines.allCases)
    func attempts(engine: CatalogueEngines) async throws {
        let accounts = try await TestCatalogue(engine).catalogue.accounts
        #expect(try await accounts.attempts(key: "amy") == .init(failures: 0, lockedUntil: nil))
        let until = epoch.addingTimeInterval(60)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    _ = try await accounts.countFailure(key: "amy", at: epoch) { $0 >= 5 ? until : nil }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await accounts.attempts(key: "amy") == .init(failures: 10, lockedUntil: until))
        #expect(try await accounts.attempts(key: "ben").failures == 0)
        try await accounts.clearAttempts(key: "amy")
        #expect(try await accounts.attempts(key: "amy").failures == 0)
    }

    @Test("failed logins are forgotten a day after the last one", arguments: CatalogueEngines.allCases)
    func forgotten(engine: CatalogueEngines) async throws {
        let accounts = try await TestCatalogue(engine).catalogue.accounts
        let day: TimeInterval = 86_400
        for (moment, failures) in [(0, 1), (day, 2), (day * 2, 3), (day * 3 + 1, 1)] {
            let counted = try await accounts.countFailure(key: "amy", at: epoch.addingTimeInterval(moment)) { _ in nil }
            #expect(counted.failures == failures)
        }
        _ = try await accounts.countFailure(key: "ben", at: epoch.addingTimeInterval(day * 5)) { _ in nil }
        #expect(try await accounts.attempts(key: "amy").failures == 0)
    }

    @Test(
        "a token comes with its account, and is revoked only by its own account",
        arguments: CatalogueEngines.allCases)
    func tokens(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let tokens = test.catalogue.tokens
        let (amy, ben) = (try await test.addAccount("amy"), try await test.addAccount("ben"))
        func make(_ account: Account, _ purpose: AccessToken.Purpose, _ offset: Double) async throws -> AccessToken {
            let token = AccessToken(
                accountID: account.id, purpose: purpose, description: "QGIS",
                createdAt: epoch.addingTimeInterval(offset), expiresAt: epoch.addingTimeInterval(1000))
            try await tokens.insert(token)
            return token
        }
        let first = try await make(amy, .api, 0)
        let second = try await make(amy, .api, 1)
        let session = try await make(amy, .session, 2)
        let found = try #require(try await tokens.find(first.id))
        #expect(found.token == first)
        #expect(found.account == amy)
        #expect(try await tokens.list(of: amy.id, purpose: .api) == [second, first])
        #expect(try await tokens.revoke(first.id, of: ben.id) == false)
        #expect(try await tokens.find(first.id)?.token.revokedAt == nil)
        #expect(try await tokens.revoke(first.id, of: amy.id))
        let revoked = try #require(try await tokens.find(first.id)?.token)
        #expect(!revoked.isValid(at: epoch))
        try await tokens.revokeAll(of: amy.id, purpose: nil, except: session.id)
        #expect(try await tokens.find(second.id)?.token.revokedAt != nil)
        #expect(try await tokens.find(session.id)?.token.revokedAt == nil)
        try await tokens.revokeAll(of: amy.id, purpose: .session, except: nil)
        #expect(try await tokens.find(session.id)?.token.revokedAt != nil)
        try await tokens.prune(before: epoch.addingTimeInterval(1001))
        #expect(try await tokens.find(session.id) == nil)
    }

    @Test("labels are unique without case; grants come and go, twice is as once", arguments: CatalogueEngines.allCases)
    func labels(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let labels = test.catalogue.labels
        var label = try await test.addLabel("Vehicle 7")
        await #expect(throws: Failure.self) { try await test.addLabel("VEHICLE 7") }
        let amy = try await test.addAccount("amy", .viewer, grants: [label, label])
        #expect(try await labels.grantees(label.id) == [amy])
        #expect(try await labels.grants(of: amy.id) == [label])
        label.name = "Vehicle 8"
        label.redaction.preset = .thorough
        try await labels.update(label)
        #expect(try await labels.find(label.id, viewer: amy.viewer) == label)
        try await labels.withdraw(label.id, from: amy.id)
        #expect(try await labels.grantees(label.id).isEmpty)
        let missing = CameraLabelID()
        let failure = await #expect(throws: Failure.self) { try await labels.grant(missing, to: amy.id) }
        #expect(failure?.code == .notFound)
    }

    @Test("two who change different things of a label at once both succeed", arguments: CatalogueEngines.allCases)
    func changesMeet(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("CAM")
        let store = test.catalogue.labels
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await store.change(label.id) { $0.redaction.face.threshold = 0.5 } }
            group.addTask { _ = try await store.change(label.id) { $0.redaction.rows.skyUntil = 0.25 } }
            group.addTask { _ = try await store.change(label.id) { $0.name = "CAM 2" } }
            try await group.waitForAll()
        }
        let changed = try #require(await store.find(label.id, viewer: .system))
        #expect(changed.redaction == RedactionPolicy(face: .init(threshold: 0.5), rows: .init(skyUntil: 0.25)))
        #expect(changed.name == "CAM 2")
        await #expect(throws: Failure.self) { try await store.change(CameraLabelID()) { $0.name = "x" } }
    }

    @Test("the audit log keeps what was written, and refuses change and removal", arguments: CatalogueEngines.allCases)
    func audit(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let amy = try await test.addAccount("amy", .admin)
        for (index, viewer) in [amy.viewer, .system, .guest].enumerated() {
            try await test.catalogue.audit.record(
                "label.redaction-disabled", by: viewer, subject: "label-\(index)", details: ["from": "default"],
                at: epoch)
        }
        let entries = try await test.catalogue.audit.list(before: nil, limit: 2)
        #expect(entries.map(\.actor) == ["guest", "system"])
        #expect(entries.first?.details == ["from": "default"])
        let rest = try await test.catalogue.audit.list(before: entries.last?.number, limit: 2)
        #expect(rest.map(\.actor) == [amy.id.string])
        for statement: SQLStatement in ["UPDATE audit SET subject = 'x'", "DELETE FROM audit"] {
            await #expect(throws: Failure.self) { try await test.catalogue.engine.write { try $0.execute(statement) } }
        }
        #expect(try await test.catalogue.audit.list(before: nil, limit: 9).count == 3)
    }
}
