import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Counts for administrators")
struct FigureTests {
    @Test("an administrator reads how much there is and how much of it is new; nobody else learns that it exists")
    func instance() async throws {
        let clock = TestClock()
        // An hour after everything of a test arrives.
        clock.advance(by: TestCatalogue.epoch.timeIntervalSince(clock.now) + 3600)
        let server = try await TestServer(clock: clock)
        let label = try await server.test.addLabel("Alpha")
        let owner = try await server.test.addAccount("ada", .field, grants: [label])
        _ = try await server.test.addPreparedPictures(
            [TestPicture("a.jpg"), TestPicture("b.jpg")], by: owner, label: label)
        let open = try await server.test.addUploadSet(by: owner, label: label)
        try await server.test.admit(TestPicture("c.jpg"), to: open)
        let admin = try await server.token(of: try await server.test.addAccount("root", .admin))
        let manager = try await server.token(of: try await server.test.addAccount("mia", .manager, grants: [label]))
        try await server.run { asker in
            for path in ["/api/admin/stats", "/api/admin/reports/stats"] {
                #expect(try await asker.get(path, token: manager).code == 404)
                #expect(try await asker.get(path).code == 401)
            }
            let answer = try await asker.get("/api/admin/stats", token: admin)
            #expect(answer.value("accounts", "total") as? Int == 3)
            #expect(answer.value("pictures", "total") as? Int == 3)
            #expect(answer.value("pictures", "new", "1d") as? Int == 3)
            #expect(answer.value("pictures", "by_status", "ready") as? Int == 2)
            #expect(answer.value("pictures", "by_status", "broken") as? Int == 0)
            #expect(answer.value("sequences", "total") as? Int == 1)
            #expect(answer.value("sequences", "by_status", "ready") as? Int == 1)
            #expect(answer.value("sequences", "by_visibility", "logged-only") as? Int == 1)
            #expect((answer.value("jobs", "by_task", "inspect") as? Int) == 1)
            #expect((answer.value("jobs", "by_task", "erase") as? Int) == 0)
            // It was to be done at once.
            #expect(answer.value("jobs", "oldest_due_job_age_seconds") as? Double == 3600)
            clock.advance(by: 8 * 86_400)
            let later = try await asker.get("/api/admin/stats", token: admin)
            #expect(later.value("pictures", "new", "7d") as? Int == 0)
            #expect(later.value("pictures", "new", "30d") as? Int == 3)
            #expect((later.value("pictures", "seconds_since_last_insert") as? Double ?? 0) > 7 * 86_400)
        }
    }

    @Test("an empty server has figures too")
    func empty() async throws {
        let server = try await TestServer()
        let admin = try await server.token(of: try await server.test.addAccount("root", .admin))
        let answer = try await server.run { try await $0.get("/api/admin/stats", token: admin) }
        #expect(answer.code == 200)
        #expect(answer.value("pictures", "total") as? Int == 0)
        #expect(answer.value("pictures", "seconds_since_last_insert") is NSNull)
        #expect(answer.value("jobs", "oldest_due_job_age_seconds") is NSNull)
        let reports = try await server.run { try await $0.get("/api/admin/reports/stats", token: admin) }
        #expect(reports.value("total") as? Int == 0)
        #expect(reports.value("by_status", "waiting") as? Int == 0)
    }

    @Test("reports are counted by what became of them and what they are about")
    func reports() async throws {
        let scene = try await ReportScene()
        let first = try await scene.report("other")
        _ = try await scene.report("privacy", by: scene.owner)
        #expect(try await scene.close(first, by: scene.owner).code == 200)
        let answer = try await scene.get("/api/admin/reports/stats", scene.admin)
        // One is there from the beginning, and was closed.
        #expect(answer.value("total") as? Int == 3)
        #expect(answer.value("unresolved") as? Int == 1)
        #expect(answer.value("by_status", "closed_solved") as? Int == 1)
        #expect(answer.value("by_status_issue", "waiting", "privacy") as? Int == 1)
        #expect(answer.value("by_status_issue", "closed_ignored", "mislocated") as? Int == 1)
    }
}
