import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Reports over the API and on the pages")
struct ReportTests {
    /// The street, its owner's token and an administrator's.
    private struct Scene {
        let street: Street
        let owner: String
        let admin: String
        var server: TestServer { street.server }

        init(_ who: Street.Who = .viewerIn) async throws {
            street = try await Street(who)
            owner = try await street.server.token(of: street.owner)
            admin = try await street.server.token(of: try await street.server.test.addAccount("the-admin", .admin))
        }

        func send(
            _ method: HTTPRequest.Method, _ path: String, _ token: String?, json: String? = nil, form: String? = nil,
            headers: HTTPFields = [:]
        ) async throws -> Answer {
            var headers = headers
            if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
            return try await server.run { [headers] asker in
                try await asker.send(
                    method, path, token: token, headers: headers, body: (json ?? form).map { Array($0.utf8) })
            }
        }

        func get(_ path: String, _ token: String?, headers: HTTPFields = [:]) async throws -> Answer {
            try await send(.get, path, token, headers: headers)
        }

        /// Reports the picture; the id of the report.
        func report(_ issue: String = "other", by token: String? = nil, more: String = "") async throws -> String {
            let body = #"{"issue":"\#(issue)","picture_id":"\#(street.picture)"\#(more)}"#
            let answer = try await send(.post, "/api/reports", token ?? street.token, json: body)
            #expect(answer.code == 201, "\(answer.text)")
            return try #require(answer.string("id"))
        }

        func close(_ report: String, by token: String?, as status: String = "closed_solved") async throws -> Answer {
            try await send(.patch, "/api/reports/\(report)", token, json: #"{"status":"\#(status)"}"#)
        }

        /// Every address of the picture.
        var addresses: [String] {
            let picture = "/api/pictures/\(street.picture)"
            let collection = "/api/collections/\(street.sequence)"
            return [
                picture, "\(picture)/hd.jpg", "\(picture)/sd.jpg", "\(picture)/thumb.jpg", "\(picture)/tiled/0_0.jpg",
                collection, "\(collection)/items", "\(collection)/items/\(street.picture)", "\(collection)/thumb.jpg",
                "/sequences/\(street.sequence)",
            ]
        }

        /// Lists and tiles that a picture may be in.
        static let lists = [
            "/api/search?bbox=2,48,3,49", "/api/search", "/api/collections", "/api/map/15/16598/11273.mvt",
            "/api/map/8/129/88.mvt", "/api/map/0/0/0.mvt", "/api/queryables", "/",
        ]
    }

    @Test(
        "a reported picture is gone from every address and list for everyone but owner and administrators",
        arguments: [Street.Who.viewerIn, .fieldIn, .managerIn])
    func gone(who: Street.Who) async throws {
        let scene = try await Scene(who)
        let token = scene.street.token
        var tags: [String: String] = [:]
        for path in scene.addresses {
            let answer = try await scene.get(path, token)
            #expect(answer.code == 200, "\(path)")
            tags[path] = answer.headers[.eTag]
        }
        var lists: [String: String] = [:]
        for path in Scene.lists { lists[path] = try await scene.get(path, token).headers[.eTag] }
        #expect(tags.count >= 5)
        #expect(lists.count >= 3)
        _ = try await scene.report()
        for path in scene.addresses {
            #expect(try await scene.get(path, token).code == 404, "\(path)")
            #expect(try await scene.send(.head, path, token).code == 404, "\(path)")
            if let tag = tags[path] {
                #expect(try await scene.get(path, token, headers: [.ifNoneMatch: tag]).code == 404, "\(path)")
                #expect(try await scene.get(path, token, headers: [.ifNoneMatch: "*"]).code == 404, "\(path)")
            }
            #expect(try await scene.get(path, scene.admin).code == 200, "\(path)")
        }
        for path in Scene.lists {
            let headers: HTTPFields = lists[path].map { [.ifNoneMatch: $0] } ?? [:]
            let answer = try await scene.get(path, token, headers: headers)
            #expect([200, 204].contains(answer.code), "\(path) \(answer.code)")
            #expect(!answer.text.contains(scene.street.picture.string), "\(path)")
            #expect(!answer.text.contains(scene.street.sequence.string), "\(path)")
            guard answer.code == 200, path.hasSuffix(".mvt") else { continue }
            // Neither a point, nor a line, nor a count.
            #expect(try TileReader(answer.bytes).layers.values.allSatisfy(\.isEmpty), "\(path)")
        }
        for file in ["", "/hd.jpg", "/thumb.jpg", "/tiled/0_0.jpg"] {
            let picture = "/api/pictures/\(scene.street.picture)"
            // The files wait for the pipeline, which is not running, under their old names.
            #expect(try await scene.get(picture + file, scene.owner).code == 200, "\(file)")
        }
    }

    @Test("owner and administrators are told that it is hidden")
    func status() async throws {
        let scene = try await Scene()
        let path = "/api/pictures/\(scene.street.picture)"
        #expect(try await scene.get(path, scene.owner).string("properties", "geovisio:status") == "ready")
        let report = try await scene.report()
        for token in [scene.owner, scene.admin] {
            #expect(try await scene.get(path, token).string("properties", "geovisio:status") == "hidden")
        }
        #expect(try await scene.close(report, by: scene.owner).code == 200)
        #expect(try await scene.get(path, scene.street.token).string("properties", "geovisio:status") == "ready")
        let body = #"{"issue":"copyright","sequence_id":"\#(scene.street.sequence)"}"#
        #expect(try await scene.send(.post, "/api/reports", scene.street.token, json: body).code == 201)
        let collection = "/api/collections/\(scene.street.sequence)"
        #expect(try await scene.get(collection, scene.owner).string("geovisio:status") == "hidden")
        #expect(try await scene.get(collection, scene.street.token).code == 404)
        #expect(
            try await scene.get("/sequences/\(scene.street.sequence)", scene.owner).text.contains("Hidden by a report"))
    }

    @Test("a report reads as Panoramax tells of it, to those who have a part in it")
    func document() async throws {
        let scene = try await Scene()
        let words = #","reporter_comments":"my <b>face</b>","reporter_email":"me@example.org""#
        let id = try await scene.report("privacy", more: words)
        let path = "/api/reports/\(id)"
        for token in [scene.street.token, scene.owner, scene.admin] {
            let answer = try await scene.get(path, token)
            #expect(answer.string("issue") == "privacy")
            #expect(answer.string("status") == "waiting")
            #expect(answer.string("picture_id") == scene.street.picture.string)
            #expect(answer.value("sequence_id") is NSNull)
            #expect(answer.string("reporter_account_id") == scene.street.asking?.id.string)
            #expect(answer.string("reporter_comments") == "my <b>face</b>")
            #expect(answer.string("reporter_email") == "me@example.org")
            #expect(answer.value("ts_closed") is NSNull)
        }
        let label = scene.street.label
        let manager = try await scene.server.token(
            of: try await scene.server.test.addAccount("manager", .manager, grants: [label]))
        let seen = try await scene.get(path, manager)
        #expect(seen.code == 200)
        #expect(seen.value("reporter_email") is NSNull)
        for role in [Role.viewer, .field] {
            let other = try await scene.server.token(
                of: try await scene.server.test.addAccount("other-\(role)", role, grants: [label]))
            #expect(try await scene.get(path, other).code == 404)
            #expect(try await scene.close(id, by: other).code == 404)
        }
        #expect(try await scene.get(path, nil).code == 401)
    }

    @Test("maker, owner, manager and administrator have different rights")
    func rights() async throws {
        let scene = try await Scene()
        let manager = try await scene.server.token(
            of: try await scene.server.test.addAccount("manager", .manager, grants: [scene.street.label]))
        let id = try await scene.report()
        let path = "/api/reports/\(id)"
        func patch(_ token: String?, _ json: String) async throws -> Int {
            try await scene.send(.patch, path, token, json: json).code
        }
        #expect(try await patch(scene.street.token, #"{"reporter_comments":"left of the door"}"#) == 200)
        #expect(try await patch(scene.owner, #"{"reporter_comments":"nothing"}"#) == 403)
        #expect(try await patch(scene.street.token, #"{"resolver_comments":"nothing"}"#) == 403)
        #expect(try await patch(scene.street.token, #"{"status":"closed_ignored"}"#) == 403)
        #expect(try await patch(manager, #"{"resolver_comments":"the owner knows"}"#) == 200)
        #expect(try await patch(manager, #"{"status":"closed_ignored"}"#) == 403)
        #expect(try await patch(scene.owner, #"{"status":"open"}"#) == 400)
        #expect(try await patch(scene.owner, #"{"status":"waiting"}"#) == 200)
        #expect(try await scene.get("/api/pictures/\(scene.street.picture)", scene.street.token).code == 404)
        let closed = try await scene.send(
            .patch, path, scene.owner, json: #"{"status":"closed_ignored","resolver_comments":"it is a statue"}"#)
        #expect(closed.string("status") == "closed_ignored")
        #expect(closed.string("ts_closed") != nil)
        #expect(closed.string("reporter_comments") == "left of the door")
        #expect(closed.string("resolver_account_id") == scene.street.owner.id.string)
        #expect(try await scene.get("/api/pictures/\(scene.street.picture)", scene.street.token).code == 200)
        #expect(try await patch(scene.owner, #"{"status":"closed_solved"}"#) == 409)
    }

    @Test("the owner cannot restore a privacy report without redacting, and is told what to do")
    func privacy() async throws {
        let scene = try await Scene()
        let id = try await scene.report("privacy")
        let refused = try await scene.close(id, by: scene.owner)
        #expect(refused.code == 409)
        #expect(refused.string("details", "reason") == "redact_first")
        #expect(refused.string("message")?.contains("Redact") == true)
        let page = try await scene.send(.post, "/reports/\(id)/restore", scene.owner, form: "status=closed_solved")
        #expect(page.code == 422)
        #expect(page.text.contains("redact the picture first"))
        #expect(try await scene.get("/api/pictures/\(scene.street.picture)", scene.street.token).code == 404)
        #expect(try await scene.close(id, by: scene.admin).code == 200)
        #expect(try await scene.get("/api/pictures/\(scene.street.picture)", scene.street.token).code == 200)
    }

    @Test(
        "what is no report is refused with a sentence",
        arguments: [
            (#"{"picture_id":"{picture}"}"#, 400), (#"{"issue":"ugly","picture_id":"{picture}"}"#, 400),
            (#"{"issue":"other"}"#, 400),
            (#"{"issue":"other","picture_id":"{picture}","sequence_id":"{sequence}"}"#, 400),
            (#"{"issue":"other","picture_id":"x"}"#, 404),
            (#"{"issue":"other","picture_id":"00000000-0000-4000-8000-000000000000"}"#, 404),
            (#"{"issue":"other","sequence_id":"{picture}"}"#, 404),
            (#"{"issue":"other","picture_id":"{picture}","reporter_email":"nobody"}"#, 422),
            (#"{"issue":"other","picture_id":"{picture}","reporter_comments":"{long}"}"#, 422), ("[]", 400),
        ])
    func refused(body: String, code: Int) async throws {
        let scene = try await Scene()
        let json = body.replacing("{picture}", with: scene.street.picture.string)
            .replacing("{sequence}", with: scene.street.sequence.string)
            .replacing("{long}", with: String(repeating: "x", count: 4001))
        let answer = try await scene.send(.post, "/api/reports", scene.street.token, json: json)
        #expect(answer.code == code, "\(answer.text)")
        #expect(answer.string("message")?.isEmpty == false)
        #expect(try await scene.get("/api/pictures/\(scene.street.picture)", scene.street.token).code == 200)
    }

    @Test("beyond the hourly quota a report is refused with when to come back, and hides nothing")
    func quota() async throws {
        let server = try await TestServer { $0.reportsPerHour = 2 }
        let label = try await server.test.addLabel("Alpha-7")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let eager = try await server.token(of: try await server.test.addAccount("eager", .viewer, grants: [label]))
        let calm = try await server.token(of: try await server.test.addAccount("calm", .viewer, grants: [label]))
        var pictures: [PictureID] = []
        for _ in 0..<4 { pictures.append(try await server.test.addPreparedPicture(by: owner, label: label)) }
        try await server.run { [pictures] asker in
            for (index, expected) in [201, 201, 429, 429].enumerated() {
                let body = #"{"issue":"other","picture_id":"\#(pictures[index])"}"#
                let answer = try await asker.post("/api/reports", json: body, token: eager)
                #expect(answer.code == expected)
                #expect(
                    try await asker.get("/api/pictures/\(pictures[index])", token: calm).code == (index < 2 ? 404 : 200)
                )
                guard expected == 429 else { continue }
                let wait = try #require(answer.headers[.retryAfter].flatMap { Int($0) })
                #expect((1...3600).contains(wait))
                #expect(answer.string("message")?.contains("2 reports") == true)
            }
            let body = #"{"issue":"other","picture_id":"\#(pictures[3])"}"#
            #expect(try await asker.post("/api/reports", json: body, token: calm).code == 201)
        }
    }

    @Test("guests report what guests see, counted by their address, and nothing else")
    func guests() async throws {
        let server = try await TestServer {
            $0.isPublic = true
            $0.reportsPerHour = 1
            $0.trustedProxies = ["127.0.0.1", "::1"]
        }
        let label = try await server.test.addLabel("Alpha-7")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let open = try await server.test.addPreparedPicture(by: owner, label: label, visibility: .anyone)
        let next = try await server.test.addPreparedPicture(by: owner, label: label, visibility: .anyone)
        let inner = try await server.test.addPreparedPicture(by: owner, label: label)
        try await server.run { asker in
            func report(_ id: PictureID) async throws -> Answer {
                try await asker.post("/api/reports", json: #"{"issue":"privacy","picture_id":"\#(id)"}"#)
            }
            #expect(try await report(inner).code == 401)
            let answer = try await report(open)
            #expect(answer.code == 201)
            #expect(answer.value("reporter_account_id") is NSNull)
            #expect(try await asker.get("/api/pictures/\(open)").code == 401)
            #expect(try await report(next).code == 429)
            #expect(try await asker.get("/api/pictures/\(next)").code == 200)
            #expect(try await asker.get("/api/reports/\(answer.string("id") ?? "")").code == 401)
        }
    }

    @Test("lists of reports page through, each to whom it is for")
    func lists() async throws {
        let scene = try await Scene()
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
        let scene = try await Scene()
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
        let scene = try await Scene()
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
        let scene = try await Scene(.managerIn)
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
