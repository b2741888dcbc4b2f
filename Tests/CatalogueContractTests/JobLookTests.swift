import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The queue as administrators see it")
struct JobLookTests {
    private let later = Date.now.addingTimeInterval(7200)

    @Test("what failed is listed with its reason, and tried at once when asked", arguments: CatalogueEngines.allCases)
    func hurry(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("CAM-7")
        let owner = try await test.addAccount("olga", grants: [label])
        let set = try await test.addUploadSet(by: owner, label: label)
        for _ in 0..<3 { try await test.admit(to: set) }
        let jobs = test.catalogue.jobs
        let claimed = try await test.claim(limit: 2, now: .now)
        #expect(claimed.count == 2)
        try await jobs.retry(claimed[0], at: later, error: "The disk is full.")
        try await jobs.retry(claimed[1], at: later, error: "The model is missing.")
        let failing = try await jobs.list(isFailing: true, limit: 10)
        #expect(failing.map(\.lastError) == ["The disk is full.", "The model is missing."])
        #expect(failing.allSatisfy { !$0.isClaimed && $0.attempts == 1 && $0.step == "inspect" })
        #expect(try await jobs.list(after: failing[0].id, limit: 10).count == 2)
        #expect(try await jobs.list(reason: "The disk is full.", limit: 10).count == 1)

        #expect(try await jobs.hurryAll(reason: "The disk is full.", by: .system, at: .now) == 1)
        try await jobs.hurry(failing[1].id, by: .system, at: .now)
        let due = try await test.claim(now: Date.now.addingTimeInterval(1))
        #expect(Set(due.map(\.id)).isSuperset(of: failing.map(\.id)))
        // In somebody's hands, and gone.
        await #expect(throws: Failure.self) { try await jobs.hurry(failing[1].id, by: .system, at: .now) }
        await #expect(throws: Failure.self) { try await jobs.hurry(999_999, by: .system, at: .now) }
        #expect(try await jobs.hurryAll(reason: nil, by: .system, at: .now) == 0)
        let audit = try await test.catalogue.audit.list(AuditFilter(action: "job.retried"), before: nil, limit: 10)
        #expect(audit.count == 2)
    }

    @Test("broken pictures of everybody are listed, the newest first", arguments: CatalogueEngines.allCases)
    func broken(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("CAM-7")
        let (olga, hugo) = (
            try await test.addAccount("olga", grants: [label]), try await test.addAccount("hugo", grants: [label])
        )
        let first = try await test.addBrokenPicture(by: olga, label: label, reason: "It is no picture.")
        let second = try await test.addBrokenPicture(by: hugo, label: label)
        try await test.addPreparedPicture(by: olga, label: label)
        let pictures = test.catalogue.pictures
        let rows = try await pictures.broken(limit: 10)
        #expect(Set(rows.map(\.id)) == [first, second] && rows.allSatisfy { $0.canRetry && $0.label == "CAM-7" })
        #expect(rows.first { $0.id == first }?.reason == "It is no picture.")
        #expect(try await pictures.broken(after: rows[0], limit: 10).map(\.id) == [rows[1].id])
        #expect(try await pictures.brokenCount() == 2)
        try await pictures.delete(second)
        #expect(try await pictures.brokenCount() == 1)
    }
}
