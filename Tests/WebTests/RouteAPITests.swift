import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Routes on the wire")
struct RouteAPITests {
    private static func route(_ destinations: String, _ more: String = "") -> String {
        """
        {"name": "Partner", "camera_labels": ["alpha-7"], "contents": ["hd", "1920x1280", "item"],
        "destinations": [\(destinations)]\(more)}
        """
    }

    private static let bucket = """
        {"kind": "bucket", "endpoint": "https://s3.example.org", "bucket": "copies", "prefix": "/a/b/", \
        "access_key": "known", "secrets": {"secret_key": "hush-hush"}}
        """
    private static let sftp = """
        {"kind": "rclone", "backend": "sftp", "options": {"host": "archive", "user": "me"}, "path": "in/", \
        "secrets": {"pass": "hush-hush"}}
        """

    private func change(_ street: Street, _ path: String, _ json: String) async throws -> Answer {
        try await street.server.run {
            try await $0.send(
                .patch, path, token: street.token, headers: [.contentType: "application/json"], body: Array(json.utf8))
        }
    }

    private func post(_ street: Street, _ path: String, _ json: String, _ headers: HTTPFields = [:]) async throws
        -> Answer
    {
        try await street.server.run { try await $0.post(path, json: json, token: street.token, headers: headers) }
    }

    @Test("a route is made, shown, changed and deleted, and no secret is ever shown")
    func life() async throws {
        let street = try await Street(.admin)
        let more = #", "window": {"from": "22:00", "to": "6:00", "zone": "Europe/Paris"}, "rate": 5000"#
        let made = try await post(street, "/api/routes", Self.route("\(Self.bucket), \(Self.sftp)", more))
        #expect(made.code == 201, "\(made.text)")
        let path = "/api/routes/\(made.string("id") ?? "")"
        #expect(made.headers[.location]?.hasSuffix(path) == true)
        let shown = try await street.server.run { try await $0.get(path, token: street.token) }
        #expect(shown.text == made.text)
        #expect(shown.string("camera_labels", "0", "name") == "Alpha-7")
        #expect(shown.value("contents") as? [String] == ["hd", "1920x1280", "item"])
        #expect(shown.string("pattern") == "{label}/{date}/{time}_{id}_{kind}")
        #expect(shown.string("window", "to") == "06:00")
        #expect(shown.string("destinations", "0", "prefix") == "a/b")
        #expect(shown.value("destinations", "1", "secrets") as? [String] == ["pass"])
        // The street's picture is owed to both.
        #expect(shown.value("destinations", "1", "state", "waiting") as? Int == 1)

        let changed = try await change(
            street, path,
            """
            {"name": "Partners", "window": null, "rate": null, "when_hidden": "keep", "since": "2026-01-01T00:00:00Z",
            "destinations": [{"kind": "rclone", "backend": "sftp", "options": {"host": "archive", "user": "me"},
            "path": "in"}]}
            """)
        #expect(changed.code == 200, "\(changed.text)")
        #expect(changed.string("name") == "Partners" && changed.string("when_hidden") == "keep")
        #expect(changed.value("window") is NSNull && changed.value("rate") is NSNull)
        // What stays keeps its number and its secret.
        #expect(changed.value("destinations", "0", "number") as? Int == 2)
        #expect(changed.value("destinations", "0", "secrets") as? [String] == ["pass"])
        let list = try await street.server.run { try await $0.get("/api/routes", token: street.token) }
        #expect(list.text.contains("Partners") && list.text.contains("secret-route"))
        for answer in [made, shown, changed, list] { #expect(!answer.text.contains("hush-hush")) }

        let gone = try await street.server.run { try await $0.send(.delete, path, token: street.token) }
        #expect(gone.code == 204)
        let none = try await street.server.run { try await $0.get(path, token: street.token) }
        #expect(none.code == 404)
        let audit = try await street.server.test.catalogue.audit.list(before: nil, limit: 100)
        #expect(Set(["route.created", "route.changed", "route.deleted"]).isSubset(of: Set(audit.map(\.action))))
        #expect(!audit.contains { $0.details.values.contains { $0.contains("hush-hush") } })
    }

    @Test(
        "what is no route is refused with a reason, in French too, and changes nothing",
        arguments: [
            (#""contents": ["hdd"]"#, 422), (#""contents": ["original"]"#, 422), (#""contents": ["raw"]"#, 422),
            (#""camera_labels": ["nobody"]"#, 422), (#""destinations": []"#, 422), (#""rate": 3"#, 422),
            (#""rate": 9223372036854775807"#, 422), (#""rate": "fast""#, 400), (#""when_hidden": "never""#, 422),
            (#""since": "yesterday""#, 422), (#""pattern": "../{id}""#, 422), (#""pattern": "{id}""#, 422),
            (#""window": {"from": "25:00", "to": "1:00"}"#, 422), (#""destinations": [{"kind": "pigeon"}]"#, 400),
            (#""destinations": [{"kind": "directory", "path": "/a"}, {"kind": "directory", "path": "/a"}]"#, 422),
            (#""newest_only": true, "when_hidden": "keep""#, 422), (#""newest_only": 7"#, 400),
            (#""newest_only": true, "contents": ["backup"]"#, 422),
            (
                #""newest_only": true, "destinations": [{"kind": "wayside", "url": "https://b.example.org", "secrets": {"token": "t"}}]"#,
                422
            ),
            (#""name": "SECRET-ROUTE", "contents": ["hd"]"#, 409),
        ])
    func refused(rule: (String, Int)) async throws {
        let street = try await Street(.admin)
        let made = try await post(street, "/api/routes", Self.route(Self.sftp))
        let path = "/api/routes/\(made.string("id") ?? "")"
        let answer = try await street.server.run {
            try await $0.send(
                .patch, path, token: street.token,
                headers: [.contentType: "application/json", .acceptLanguage: "fr"], body: Array("{\(rule.0)}".utf8))
        }
        #expect(answer.code == rule.1, "\(rule.0): \(answer.text)")
        if rule.1 != 400 {
            let sentence = answer.string("detail") ?? ""
            let french = ["route", "Une ", "label", "modèle", "plage", "vaut", "est une", "Il n’y a", "destinations"]
            #expect(french.contains { sentence.contains($0) } && !sentence.contains("The "), "\(sentence)")
        }
        let shown = try await street.server.run { try await $0.get(path, token: street.token) }
        #expect(shown.text == made.text)
    }

    @Test("a route of the newest picture has a name that never changes, and takes one that is given")
    func newest() async throws {
        let street = try await Street(.admin)
        let made = try await post(street, "/api/routes", Self.route(Self.sftp, #", "newest_only": true"#))
        #expect(made.code == 201 && made.value("newest_only") as? Bool == true, "\(made.text)")
        #expect(made.string("pattern") == "{label}/latest-{kind}")
        let path = "/api/routes/\(made.string("id") ?? "")"
        let named = try await change(street, path, #"{"pattern": "web/{label}-{kind}"}"#)
        #expect(named.string("pattern") == "web/{label}-{kind}" && named.value("newest_only") as? Bool == true)
        let all = try await change(street, path, #"{"newest_only": false, "pattern": "{id}_{kind}"}"#)
        #expect(all.code == 200 && all.value("newest_only") as? Bool == false)
        // What labels share would be overwritten.
        let both = try await change(
            street, path, #"{"newest_only": true, "pattern": "latest-{kind}", "camera_labels": ["alpha-7", "beta-9"]}"#)
        #expect(both.code == 422, "\(both.text)")
    }

    @Test("what is owed is shown a page at a time; what was given up is tried again")
    func outbox() async throws {
        let street = try await Street(.admin)
        let outbox = street.server.test.catalogue.outbox
        let path = "/api/routes/\(street.route)"
        let entries = try await outbox.claim(street.route, 1, worker: "w", limit: 9, now: .now, lease: 60)
        let entry = try #require(entries.first)
        try await outbox.park(entry, reason: "A name is too long for /mnt/a.", at: .now)
        let headers: HTTPFields = [.acceptLanguage: "fr"]
        let dead = try await street.server.run {
            try await $0.get("\(path)/outbox?dead=true&limit=1", token: street.token, headers: headers)
        }
        #expect(dead.string("pictures", "0", "picture") == street.picture.string)
        #expect(dead.string("pictures", "0", "error") == "Un nom est trop long pour /mnt/a.")
        #expect(dead.value("reasons", "0", "pictures") as? Int == 1)
        let next = try #require(dead.string("links", "0", "href")?.split(separator: "/api").last)
        let rest = try await street.server.run { try await $0.get("/api\(next)", token: street.token) }
        #expect(rest.code == 200 && (rest.value("pictures") as? [Any])?.isEmpty == true)
        let wrong = try await street.server.run { try await $0.get("\(path)/outbox?after=x", token: street.token) }
        #expect(wrong.code == 400)
        #expect(try await post(street, "\(path)/retry", "{}").value("pictures") as? Int == 1)
        let alive = try await street.server.run { try await $0.get("\(path)/outbox?dead=true", token: street.token) }
        #expect((alive.value("pictures") as? [Any])?.isEmpty == true)
        #expect(try await post(street, "\(path)/destinations/7/check", "{}").code == 404)
    }

    @Test("the page shows what fails in plain words, keeps what was typed, and never shows a secret")
    func page() async throws {
        let street = try await Street(.admin)
        let catalogue = street.server.test.catalogue
        try await catalogue.destinations.down(
            street.route, 1, reason: "The disk of /secret-mirror is full.", at: .now, retry: .now)
        let french = try await street.server.run {
            try await $0.get("/admin/routes", token: street.token, headers: [.acceptLanguage: "fr"])
        }
        #expect(french.code == 200)
        #expect(french.text.contains("Le disque de /secret-mirror est plein.") && french.text.contains("En panne"))
        let form = """
            name=Archive&label=\(street.label.id)&content=hd&kind=bucket&endpoint=https://s3.example.org&bucket=copies\
            &access_key=known&secret_key=hush-hush&pattern=..
            """
        func send(_ form: String) async throws -> Answer {
            try await street.server.run {
                try await $0.send(
                    .post, "/admin/routes", token: street.token,
                    headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8))
            }
        }
        let refused = try await send(form)
        #expect(refused.code == 422)
        #expect(refused.text.contains("https://s3.example.org") && refused.text.contains("value=\"Archive\""))
        #expect(refused.text.contains("none of them empty") && !refused.text.contains("hush-hush"))
        let made = try await send(form.replacing("&pattern=..", with: "&rate=250&from=22:00&to=06:00&size=640x480"))
        #expect(made.code == 303, "\(made.text)")
        let route = try #require(try await catalogue.routes.find(name: "Archive"))
        let small = try Rendition(width: 640, height: 480)
        #expect(route.contents == [.hd, .rendition(small)] && route.rate == 250_000)
        #expect(route.destinations.first?.secrets == ["secret_key": "hush-hush"])
        let shown = try await street.server.run { try await $0.get("/admin/routes", token: street.token) }
        #expect(shown.text.contains("640 × 480") && !shown.text.contains("hush-hush"))
    }
}
