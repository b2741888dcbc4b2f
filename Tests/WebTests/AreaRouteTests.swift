import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Areas and receipts on the wire")
struct AreaRouteTests {
    /// Around the picture of a street.
    private static func feature(_ label: String = "yard", _ more: String = "") -> String {
        """
        {"type":"Feature","properties":{"label":"\(label)"\(more)},"geometry":{"type":"Polygon","coordinates":
        [[[2.35,48.85],[2.36,48.85],[2.36,48.86],[2.35,48.86],[2.35,48.85]]]}}
        """
    }

    private static let path = "/api/configuration/excluded_areas"

    @Test("an administrator adds an area and is told how many pictures it hides; others see only public ones")
    func add() async throws {
        let street = try await Street(.admin)
        let viewer = try await street.server.test.addAccount("vera", .viewer, grants: [street.label])
        let token = try await street.server.token(of: viewer)
        let one = try await street.server.run {
            try await $0.post(Self.path, json: Self.feature(), token: street.token)
        }
        #expect(one.code == 201)
        #expect(one.value("hidden_pictures") as? Int == 1)
        let two = try await street.server.run {
            try await $0.post(Self.path, json: Self.feature("park", #","is_public":true"#), token: street.token)
        }
        #expect(two.value("hidden_pictures") as? Int == 0)
        let all = try await street.server.run { try await $0.get("\(Self.path)?all=true", token: street.token) }
        #expect(all.ids(of: "features").count == 3)
        #expect(all.headers[.contentType]?.hasPrefix("application/geo+json") == true)
        let some = try await street.server.run { try await $0.get(Self.path, token: token) }
        #expect(some.ids(of: "features") == [two.string("id") ?? ""])
        #expect(some.string("features", "0", "geometry", "type") == "Polygon")
        let refused = try await street.server.run { try await $0.get("\(Self.path)?all=true", token: token) }
        #expect(refused.code == 403)
        let picture = try await street.server.run { try await $0.get("/api/pictures/\(street.picture)", token: token) }
        #expect(picture.code == 404)
        for answer in [one, two] {
            let gone = try await street.server.run {
                try await $0.send(.delete, "\(Self.path)/\(answer.string("id") ?? "")", token: street.token)
            }
            #expect(gone.code == 204)
        }
        let again = try await street.server.run { try await $0.get("/api/pictures/\(street.picture)", token: token) }
        #expect(again.code == 200)
    }

    @Test("inverted, a collection says where pictures are allowed; put in its place, it hides the rest")
    func invert() async throws {
        let street = try await Street(.admin)
        let collection = #"{"type":"FeatureCollection","features":[\#(Self.feature())]}"#
        func put(_ query: String, _ body: String) async throws -> Answer {
            try await street.server.run {
                try await $0.send(
                    .put, Self.path + query, token: street.token, headers: [.contentType: "application/json"],
                    body: Array(body.utf8))
            }
        }
        #expect(try await put("?invert=true", collection).value("hidden_pictures") as? Int == 0)
        let allowed = try await street.server.run { try await $0.get("\(Self.path)?all=true", token: street.token) }
        #expect(allowed.value("features", "0", "properties", "is_allowed") as? Bool == true)
        #expect(allowed.ids(of: "features").count == 1)
        let away = collection.replacing("2.3", with: "3.3")
        #expect(try await put("?invert=true", away).value("hidden_pictures") as? Int == 1)
        #expect(try await put("", collection).value("hidden_pictures") as? Int == 0)
        let none = try await put("", #"{"type":"FeatureCollection","features":[]}"#)
        #expect(none.value("shown_pictures") as? Int == 1)
        #expect(try await put("?invert=yes", collection).code == 400)
        let wrong = try await put("", collection.replacing("48.85],[2.36,48.85]", with: "48.85],[2.36,148.85]"))
        #expect(wrong.code == 422)
        #expect(wrong.string("detail")?.contains("Feature 1: ") == true)
        #expect(wrong.string("detail")?.contains("ring 1, position 2 has a latitude") == true, "\(wrong.text)")
    }

    @Test(
        "what is no area is refused in a sentence",
        arguments: [
            ("Polygon", "Point", 422, "Polygon or a MultiPolygon"),
            ("[2.35,48.85]]]", "[2.35,48.851]]]", 422, "not closed"),
            ("2.36", "236", 422, "longitude"), ("yard", "", 422, "name of 1 to 200"),
            ("\"Feature\"", "\"Fture\"", 422, "Feature"),
            ("[[[", "[[", 400, "JSON"),
            ("{\"label\":\"yard\"}", "{\"label\":\"yard\",\"is_public\":1}", 400, "is_public"),
        ])
    func refused(text: String, other: String, status: Int, words: String) async throws {
        let street = try await Street(.admin)
        let body = Self.feature().replacing(text, with: other)
        let answer = try await street.server.run { try await $0.post(Self.path, json: body, token: street.token) }
        #expect(answer.code == status)
        #expect(answer.string("detail")?.contains(words) == true, "\(answer.text)")
        #expect(try await street.server.test.catalogue.areas.list(onlyPublic: false).count == 1)
    }

    @Test("an account draws areas for its own pictures, and cannot allow or publish anything")
    func own() async throws {
        let street = try await Street(.viewerIn)
        let token = try await street.server.token(of: street.owner)
        let path = "/api/users/me/excluded_areas"
        let made = try await street.server.run {
            try await $0.post(path, json: Self.feature("home", #","is_public":true"#), token: token)
        }
        #expect(made.code == 201)
        #expect(made.value("hidden_pictures") as? Int == 1)
        #expect(made.value("properties", "is_public") as? Bool == false)
        let allowed = try await street.server.run {
            try await $0.post(path, json: Self.feature("home", #","is_allowed":true"#), token: token)
        }
        #expect(allowed.code == 422)
        let other = try await street.server.run {
            try await $0.get("/api/pictures/\(street.picture)", token: street.token)
        }
        #expect(other.code == 404)
        let own = try await street.server.run { try await $0.get("/api/pictures/\(street.picture)", token: token) }
        #expect(own.code == 200)
        let id = try #require(made.string("id"))
        let gone = try await street.server.run { try await $0.send(.delete, "\(path)/\(id)", token: token) }
        #expect(gone.code == 204)
        let again = try await street.server.run {
            try await $0.get("/api/pictures/\(street.picture)", token: street.token)
        }
        #expect(again.code == 200)
    }

    @Test("a deletion links to its receipt, which is for who asked and for administrators")
    func receipt() async throws {
        let street = try await Street(.managerIn)
        let test = street.server.test
        let gone = try await street.server.run {
            try await $0.send(.delete, "/api/collections/\(street.sequence)", token: street.token)
        }
        #expect(gone.code == 204)
        let name = try #require(HTTPField.Name("Link"))
        let link = try #require(gone.headers[name])
        let path = try #require(link.firstMatch(of: /<http:\/\/[^\/]+(\/api\/receipts\/[0-9a-f-]{36})>/)).1
        let answer = try await street.server.run { try await $0.get(String(path), token: street.token) }
        #expect(answer.string("state") == "pending")
        #expect(answer.string("kind") == "sequence")
        #expect(answer.value("proof") == nil)
        try await test.process()
        let done = try await street.server.run { try await $0.get(String(path), token: street.token) }
        #expect(done.string("state") == "done")
        #expect(done.value("pictures") as? Int == 1)
        #expect(done.string("proof", "pictures", "0", "id") == street.picture.string)
        #expect(done.string("proof", "pictures", "0", "digest")?.count == 64)
        let list = try await street.server.run { try await $0.get("/api/receipts", token: street.token) }
        #expect(list.ids(of: "receipts").count == 1)
        let owner = try await street.server.token(of: street.owner)
        #expect(try await street.server.run { try await $0.get(String(path), token: owner).code } == 404)
        let admin = try await street.server.token(of: try await test.addAccount("ada", .admin))
        #expect(try await street.server.run { try await $0.get(String(path), token: admin).code } == 200)
        let page = try await street.server.run { try await $0.get("/receipts", token: street.token) }
        #expect(page.text.contains(street.sequence.string))
    }

    @Test("an account is deleted only with a word on its pictures, and not one's own")
    func account() async throws {
        let street = try await Street(.admin)
        let asking = try #require(street.asking)
        let heir = try await street.server.test.addAccount("heir", .field)
        func remove(_ id: AccountID, _ query: String) async throws -> Answer {
            try await street.server.run {
                try await $0.send(.delete, "/api/accounts/\(id)\(query)", token: street.token)
            }
        }
        #expect(try await remove(street.owner.id, "").code == 400)
        #expect(try await remove(street.owner.id, "?pictures=delete&hand_to=\(heir.id)").code == 400)
        #expect(try await remove(street.owner.id, "?hand_to=nobody").code == 422)
        #expect(try await remove(street.owner.id, "?hand_to=\(AccountID())").code == 422)
        #expect(try await remove(asking.id, "?pictures=delete").code == 409)
        #expect(try await remove(AccountID(), "?pictures=delete").code == 404)
        let before = try await street.server.token(of: street.owner)
        #expect(try await remove(street.owner.id, "?hand_to=\(heir.id)").code == 204)
        #expect(try await street.server.run { try await $0.get("/api/users/me", token: before).code } == 401)
        #expect(
            try await street.server.test.catalogue.pictures.find(street.picture, viewer: .system)?.accountID == heir.id)
        #expect(
            try await street.server.test.catalogue.audit.list(before: nil, limit: 1).first?.action == "account.deleted")
    }

    @Test("`anyone` is refused unless the instance is public, by API and by page, for whatever it is said of")
    func anyone() async throws {
        for isPublic in [false, true] {
            let server = try await TestServer { $0.isPublic = isPublic }
            let label = try await server.test.addLabel("Alpha")
            let anna = try await server.test.addAccount("anna", .field, grants: [label])
            let added = try await server.test.addPreparedPictures([TestPicture()], by: anna, label: label)
            let picture = try #require(added.pictures.first)
            let sequence = try #require(
                try await server.test.catalogue.pictures.find(picture, viewer: .system)?.sequenceID)
            let token = try await server.token(of: anna)
            for path in [
                "/api/collections/\(sequence)", "/api/upload_sets/\(added.set.id)",
                "/api/collections/\(sequence)/items/\(picture)",
            ] {
                let answer = try await server.run {
                    try await $0.send(.patch, path, token: token, body: Array(#"{"visibility":"anyone"}"#.utf8))
                }
                #expect(answer.code == (isPublic ? 200 : 422), "\(path)")
            }
            for path in ["/sequences/\(sequence)", "/uploads/\(added.set.id)"] {
                let answer = try await server.run {
                    try await $0.send(
                        .post, "\(path)/visibility", token: token,
                        headers: [.contentType: "application/x-www-form-urlencoded"],
                        body: Array("visibility=anyone".utf8))
                }
                #expect(answer.code == (isPublic ? 303 : 422), "\(path)")
                let page = try await server.run { try await $0.get(path, token: token) }
                #expect(page.text.contains("value=\"anyone\"") == isPublic)
            }
            let guest = try await server.run { try await $0.get("/api/pictures/\(picture)").code }
            #expect(guest == (isPublic ? 200 : 401))
        }
    }
}
