import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("The queue of reports over the API and on the pages")
struct ReportQueueTests {
    @Test("lists of reports page through, each to whom it is for")
    func lists() async throws {
        let scene = try await ReportScene()
        var made: [String] = []
        for _ in 0..<3 { made.append(try await scene.report(by: scene.owner)) }
        let all = Set(made + [scene.street.report.string])
        for (path, token) in [("/api/reports", scene.admin), ("/api/users/me/reports", scene.owner)] {
            var found: [String] = []
            var next: String? = "\(path)?limit=2"
            while let page = next {
                let answer = try await scene.get(page, token)
                #expect(answer.code == 200)
                found += answer.ids(of: "reports")
                next = answer.target("next")
            }
            #expect(Set(found) == all)
            #expect(found.count == 4)
        }
        #expect(try await scene.get("/api/users/me/reports", scene.street.token).ids(of: "reports").isEmpty)
        #expect(try await scene.get("/api/users/me/reports", scene.admin).ids(of: "reports").isEmpty)
        #expect(try await scene.get("/api/reports?limit=1001", scene.admin).code == 400)
        #expect(try await scene.get("/api/reports?page=forged", scene.admin).code == 400)
    }

    @Test(
        "the owner sees how many reports wait: on every page, on the upload set, in the queue", arguments: ["en", "fr"])
    func badge(language: String) async throws {
        let scene = try await ReportScene()
        let french = language == "fr"
        let headers: HTTPFields = [.acceptLanguage: language]
        let pages = ["/", "/uploads", "/account", "/reports"]
        for page in pages {
            #expect(
                !(try await scene.get(page, scene.owner, headers: headers).text.contains(#"class="count""#)), "\(page)")
        }
        _ = try await scene.report(more: #","reporter_comments":"<i>here</i>""#)
        let waits = french ? "1 signalement vous attend" : "1 report waits for you"
        for page in pages {
            for token in [scene.owner, scene.admin] {
                #expect(try await scene.get(page, token, headers: headers).text.contains(waits), "\(page)")
            }
            #expect(!(try await scene.get(page, scene.street.token, headers: headers).text.contains(waits)), "\(page)")
        }
        for page in ["/uploads", "/uploads/\(scene.street.set.id)"] {
            let text = try await scene.get(page, scene.owner, headers: headers).text
            #expect(text.contains(french ? "1 signalement ouvert" : "1 open report"), "\(page)")
        }
        let queue = try await scene.get("/reports", scene.owner, headers: headers).text
        #expect(queue.contains("/api/pictures/\(scene.street.picture)/thumb.jpg"))
        #expect(queue.contains("&lt;i&gt;here&lt;/i&gt;"))
        #expect(queue.contains(french ? "Autre chose" : "Something else"))
        #expect(queue.contains("asking-viewerIn"))
        let mine = try await scene.get("/reports?show=made", scene.street.token, headers: headers).text
        #expect(mine.contains("&lt;i&gt;here&lt;/i&gt;"))
        #expect(!mine.contains("/restore"))
        #expect(!mine.contains(scene.street.picture.string))
    }

    @Test("the queue's buttons answer, show again and delete")
    func queue() async throws {
        let scene = try await ReportScene()
        let picture = "/api/pictures/\(scene.street.picture)"
        let first = try await scene.report()
        let second = try await scene.report(by: scene.owner)
        let said = try await scene.send(.post, "/reports/\(first)/answer", scene.owner, form: "answer=thank+you")
        #expect(said.headers[.location] == "/reports?said=reports.answered")
        #expect(
            try await scene.get("/api/reports/\(first)", scene.street.token).string("resolver_comments") == "thank you")
        let shown = try await scene.send(.post, "/reports/\(first)/restore", scene.owner, form: "status=closed_solved")
        #expect(shown.headers[.location] == "/reports?said=reports.stillHidden")
        #expect(try await scene.get(picture, scene.street.token).code == 404)
        #expect(
            try await scene.send(.post, "/reports/\(second)/restore", scene.owner, form: "status=waiting").code == 400)
        let last = try await scene.send(.post, "/reports/\(second)/restore", scene.owner, form: "status=closed_ignored")
        #expect(last.headers[.location] == "/reports?said=reports.restored")
        #expect(try await scene.get(picture, scene.street.token).code == 200)
        let third = try await scene.report()
        let deleted = try await scene.send(.post, "/reports/\(third)/delete", scene.owner, form: "")
        #expect(deleted.headers[.location] == "/reports?said=reports.deleted")
        #expect(try await scene.get(picture, scene.owner).code == 404)
        #expect(try await scene.get(picture, scene.admin).code == 404)
        let actions = try await scene.server.test.catalogue.audit.list(before: nil, limit: 8).map(\.action)
        #expect(
            actions.prefix(7) == [
                "report.deleted", "report.made", "report.restored", "report.restored", "report.answered", "report.made",
                "report.made",
            ])
    }

    @Test("a manager finds the report in the queue without the picture, and can answer it, no more")
    func manager() async throws {
        let scene = try await ReportScene(.managerIn)
        let reporter = try await scene.server.token(
            of: try await scene.server.test.addAccount("reporter", .viewer, grants: [scene.street.label]))
        let id = try await scene.report(by: reporter)
        let page = try await scene.get("/reports", scene.street.token).text
        #expect(page.contains("/reports/\(id)/answer"))
        #expect(!page.contains("/reports/\(id)/restore"))
        #expect(!page.contains(scene.street.picture.string))
        #expect(page.contains("Hidden from you"))
        let redactions = "/api/pictures/\(scene.street.picture)/redactions"
        #expect(try await scene.get(redactions, scene.street.token).code == 404)
        let region = #"{"bbox":[10,10,99,99]}"#
        #expect(try await scene.send(.post, redactions, scene.street.token, json: region).code == 404)
        for step in ["restore", "delete"] {
            let form = "status=closed_solved"
            #expect(try await scene.send(.post, "/reports/\(id)/\(step)", scene.street.token, form: form).code == 403)
        }
        #expect(try await scene.send(.post, "/reports/\(id)/answer", scene.street.token, form: "answer=ok").code == 303)
    }
}
