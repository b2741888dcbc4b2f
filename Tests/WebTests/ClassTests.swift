import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Telling pictures apart over HTTP")
struct ClassTests {
    private let street: Street

    init() async throws { street = try await Street(.managerIn) }

    private var state: String { "/api/class_schemes/\(street.scheme)/pictures/\(street.picture)" }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ json: String) async throws -> Answer {
        let token = street.token
        return try await street.server.run {
            try await $0.send(method, path, token: token, body: Array(json.utf8))
        }
    }

    private func get(_ path: String) async throws -> Answer {
        let token = street.token
        return try await street.server.run { try await $0.get(path, token: token) }
    }

    @Test("a class is said, found by search and by its history, and counted as done")
    func said() async throws {
        let progress = "/api/class_schemes/\(street.scheme)/progress"
        #expect(try await get(progress).value("progress", "0", "done") as? Int == 0)
        for _ in 0..<2 {
            let answer = try await send(.put, state, #"{"value":"good"}"#)
            #expect(answer.code == 200 && answer.value("values") as? [String] == ["good"], "\(answer.text)")
        }
        #expect(try await get(progress).value("progress", "0", "done") as? Int == 1)
        let states = try await get("/api/class_schemes/\(street.scheme)/collections/\(street.sequence)")
        #expect(states.value("pictures", "0", "done") as? Bool == true)
        let filter =
            #""semantics.state" = 'good'"#
            .addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        #expect(try await get("/api/search?filter=\(filter)").ids(of: "features") == [street.picture.string])
        let history = try await get("/api/pictures/\(street.picture)/semantics/history")
        #expect(history.value("history", "0", "changes", "0", "value") as? String == "good")
        #expect(history.value("history", "0", "account_id") as? String == street.asking?.id.string)
        #expect(try await send(.put, state, #"{"value":null}"#).value("done") as? Bool == false)
    }

    @Test(
        "what is not understood is refused, and nothing is said",
        arguments: [
            (#"{"value":"muddy"}"#, 422), ("{}", 422), (#"{"looked_through":true}"#, 422),
            (#"{"value":"good","looked_through":true}"#, 422), (#"{"value":1}"#, 400), ("[", 400),
        ])
    func refused(_ body: String, _ code: Int) async throws {
        #expect(try await send(.put, state, body).code == code)
        let item = try await get("/api/pictures/\(street.picture)")
        #expect((item.value("properties", "semantics") as? [Any] ?? []).isEmpty)
    }

    @Test("a scheme is not for pictures of other labels")
    func otherLabel() async throws {
        let other = try await street.server.test.addLabel("Gamma-2")
        let scheme = try ClassScheme(
            name: "Other", key: "other", subject: .picture,
            classes: [try PictureClass(value: "a", english: "", french: "", colour: "#000000", digit: nil)],
            labels: [other.id])
        let catalogue = street.server.test.catalogue
        try await catalogue.classes.create(scheme, by: .system)
        try await catalogue.labels.grant(other.id, to: try #require(street.asking).id)
        let said = try await send(
            .put, "/api/class_schemes/\(scheme.id)/pictures/\(street.picture)", #"{"value":"a"}"#)
        #expect(said.code == 422)
        #expect(try await get("/api/class_schemes/\(scheme.id)/collections/\(street.sequence)").code == 422)
        let progress = try await get("/api/class_schemes/\(scheme.id)/progress")
        #expect((progress.value("progress") as? [Any])?.isEmpty == true)
    }

    private func admin() async throws -> String {
        try await street.server.token(of: try await street.server.addAccount("ada", .admin))
    }

    @Test("administrators make, change and delete schemes; a name is taken once, and key and subject stay")
    func schemes() async throws {
        let token = try await admin()
        func ask(_ method: HTTPRequest.Method, _ path: String, _ json: String = "") async throws -> Answer {
            try await street.server.run {
                try await $0.send(method, path, token: token, body: json.isEmpty ? nil : Array(json.utf8))
            }
        }
        let body = #"{"name":"Roads","key":"road","subject":"box","classes":[{"value":"hole","title":{"fr":"Trou"}}]}"#
        let made = try await ask(.post, "/api/class_schemes", body)
        #expect(made.code == 201 && made.value("classes", "0", "title", "fr") as? String == "Trou")
        let id = try #require(made.string("id"))
        #expect(made.headers[.location]?.hasSuffix("/api/class_schemes/\(id)") == true)
        #expect(try await ask(.post, "/api/class_schemes", body).code == 409)
        let path = "/api/class_schemes/\(id)"
        #expect(try await ask(.put, path, #"{"name":"Roads","key":"way","classes":[{"value":"hole"}]}"#).code == 422)
        for bad in [
            #"{"name":"R","classes":[]}"#, #"{"name":"R","classes":[{"value":"a"},{"value":"a"}]}"#,
            #"{"name":"R","classes":[{"value":"a","colour":"red"}]}"#,
            #"{"name":"R","classes":[{"value":"a"}],"camera_labels":[]}"#,
            #"{"name":"R","classes":[{"value":"a"}],"camera_labels":["Alpha-7"]}"#,
        ] {
            #expect(try await ask(.put, path, bad).code == 422, "\(bad)")
        }
        let changed = try await ask(.put, path, #"{"name":"Ways","classes":[{"value":"hole"},{"value":"rut"}]}"#)
        #expect(changed.code == 200 && changed.string("subject") == "box" && changed.string("key") == "road")
        #expect(try await get("/api/class_schemes").ids(of: "class_schemes").count == 2)
        #expect(try await ask(.delete, path).code == 204)
        #expect(try await ask(.get, path).code == 404)
    }

    @Test(
        "the form of an administrator keeps what was typed when it is refused, and says why", arguments: ["en", "fr"])
    func form(language: String) async throws {
        let token = try await admin()
        func post(_ body: String) async throws -> Answer {
            try await street.server.run {
                try await $0.send(
                    .post, "/admin/classes", token: token,
                    headers: [.contentType: "application/x-www-form-urlencoded", .acceptLanguage: language],
                    body: Array(body.utf8))
            }
        }
        let row = { (value: String, digit: String) in
            "&value=\(value)&english=T\(value)&french=&colour=%23112233&digit=\(digit)"
        }
        let bad = try await post("name=Roads&key=road&subject=picture&for=all\(row("a", "1"))\(row("b", "1"))")
        #expect(bad.code == 422 && bad.text.contains("value=\"Tb\"") && bad.text.contains("value=\"Roads\""))
        let reason =
            language == "en"
            ? "Two classes of a scheme have different keys." : "Deux classes d’une grille ont des touches différentes."
        #expect(bad.text.contains(reason))
        #expect(try await post("name=Roads&key=road&subject=picture&for=some\(row("a", "1"))").code == 422)
        // A row that was not filled in is not meant.
        let good = try await post(
            "name=Roads&key=road&subject=picture&for=some&label=\(street.label.id)\(row("a", "1"))&value=&english=&french=&colour=%23112233&digit=2"
        )
        #expect(good.code == 303)
        let known = try await street.server.test.catalogue.classes.list(viewer: .system).first { $0.name == "Roads" }
        #expect(known?.classes.map(\.value) == ["a"] && known?.labels == [street.label.id])
    }
}
