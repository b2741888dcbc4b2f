import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Reports over the API")
struct ReportTests {
    @Test(
        "a reported picture is gone from every address and list for everyone but owner and administrators",
        arguments: [Street.Who.viewerIn, .fieldIn, .managerIn])
    func gone(who: Street.Who) async throws {
        let scene = try await ReportScene(who)
        let token = scene.street.token
        var tags: [String: String] = [:]
        for path in scene.addresses {
            let answer = try await scene.get(path, token)
            #expect(answer.code == 200, "\(path)")
            tags[path] = answer.headers[.eTag]
        }
        var lists: [String: String] = [:]
        for path in ReportScene.lists { lists[path] = try await scene.get(path, token).headers[.eTag] }
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
        for path in ReportScene.lists {
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
        let scene = try await ReportScene()
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
        let scene = try await ReportScene()
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
        let scene = try await ReportScene()
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
        let scene = try await ReportScene()
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
        let scene = try await ReportScene()
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

}
