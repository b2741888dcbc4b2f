import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Filters of reports")
struct ReportFilterTests {
    private static func encoded(_ filter: String) -> String {
        filter.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    @Test("a filter chooses by what a report shows, on every page")
    func filters() async throws {
        let scene = try await ReportScene()
        let waiting = try await scene.report("privacy")
        let own = try await scene.report("copyright", by: scene.owner)
        let closed = scene.street.report.string
        let owner = scene.street.owner.id
        let cases: [(String, Set<String>)] = [
            ("status = 'waiting'", [waiting, own]), ("status IN ('open', 'open_autofix', 'waiting')", [waiting, own]),
            ("status = 'closed_ignored'", [closed]), ("issue = 'copyright'", [own]),
            ("owner = '\(owner)'", [waiting, own, closed]), ("reporter = '\(owner)'", [own, closed]),
            ("reporter = 'me' OR owner = 'me'", []), ("picture_id = '\(PictureID())'", []),
            ("ts_opened > TIMESTAMP('2100-01-01T00:00:00Z')", []), ("ts_closed IS NOT NULL", [closed]),
            ("", [waiting, own, closed]),
        ]
        for (filter, expected) in cases {
            let answer = try await scene.get("/api/reports?filter=\(Self.encoded(filter))", scene.admin)
            #expect(answer.code == 200, "\(filter) \(answer.text)")
            #expect(Set(answer.ids(of: "reports")) == expected, "\(filter)")
        }
        let first = try await scene.get(
            "/api/reports?limit=1&filter=\(Self.encoded("status = 'waiting'"))", scene.admin)
        let second = try await scene.get(try #require(first.target("next")), scene.admin)
        #expect(Set(first.ids(of: "reports") + second.ids(of: "reports")) == [waiting, own])
        #expect(second.target("next") == nil)
    }

    @Test("'me' is who asks, and a filter shows nobody more than the list without it")
    func own() async throws {
        let scene = try await ReportScene()
        let made = try await scene.report("privacy")
        let mine = { (filter: String, token: String?) in
            try await scene.get("/api/users/me/reports?filter=\(Self.encoded(filter))", token).ids(of: "reports")
        }
        #expect(try await mine("reporter = 'me'", scene.street.token) == [made])
        #expect(try await mine("owner = 'me'", scene.street.token) == [])
        #expect(try await mine("reporter = 'me'", scene.owner) == [scene.street.report.string])
        #expect(Set(try await mine("owner = 'me'", scene.owner)) == [made, scene.street.report.string])
        let stranger = try await scene.server.token(of: try await scene.server.test.addAccount("eve", .viewer))
        #expect(try await mine("status = 'waiting' OR true", stranger) == [])
    }

    @Test("what cannot be asked is refused with the names that can")
    func refused() async throws {
        let scene = try await ReportScene()
        for (filter, word) in [
            ("reporter_email = 'a@b.c'", "status, issue, reporter"), ("semantics IS NULL", "status, issue"),
            ("\"semantics.a\" = 'b'", "status, issue"), ("status =", "a value is wanted"),
        ] {
            let answer = try await scene.get("/api/reports?filter=\(Self.encoded(filter))", scene.admin)
            #expect(answer.code == 400, "\(filter)")
            #expect(answer.string("detail")?.contains(word) == true, "\(filter) \(answer.text)")
        }
    }
}
