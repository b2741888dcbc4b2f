import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("The end of a route on the wire")
struct RouteEndingAPITests {
    /// An administrator's street whose route has brought the picture to its destination.
    private func street() async throws -> Street {
        let street = try await Street(.admin)
        let catalogue = street.server.test.catalogue
        for entry in try await catalogue.outbox.claim(street.route, 1, worker: "w", limit: 9, now: .now, lease: 60) {
            let name = try await catalogue.deliveries.reserve(
                entry, .hd, names: ["\(entry.pictureID).jpg"], size: 1, sha256: "00", revision: 1)
            try await catalogue.deliveries.delivered(entry, name, at: .now)
            try await catalogue.outbox.done(entry, at: .now)
        }
        return street
    }

    private func send(
        _ street: Street, _ method: HTTPRequest.Method, _ path: String, _ body: String = "",
        type: String = "application/json"
    ) async throws -> Answer {
        try await street.server.run {
            try await $0.send(
                method, path, token: street.token, headers: [.contentType: type, .acceptLanguage: "fr"],
                body: Array(body.utf8))
        }
    }

    @Test("it is refused with the number of files, in French too, until it is said what becomes of them")
    func deleted() async throws {
        let street = try await street(), path = "/api/routes/\(street.route)"
        let refused = try await send(street, .delete, path)
        #expect(refused.code == 409 && refused.string("details", "files") == "1", "\(refused.text)")
        #expect(refused.string("detail")?.hasPrefix("Des fichiers que cette route a envoyés") == true)
        #expect(try await send(street, .delete, "\(path)?copies=burn").code == 400)
        let ending = try await send(street, .delete, "\(path)?copies=withdraw")
        #expect(ending.code == 202 && ending.string("ending_since") != nil, "\(ending.text)")
        #expect(try await send(street, .patch, path, #"{"name": "Later"}"#).code == 409)
        #expect(try await send(street, .delete, "\(path)?copies=leave").code == 204)
        #expect(try await send(street, .get, path).code == 404)
    }

    @Test("so is a destination that is left out; taken back from, it is a route of its own")
    func leftOut() async throws {
        let street = try await street(), path = "/api/routes/\(street.route)"
        let other = #""destinations": [{"kind": "directory", "path": "/elsewhere"}]"#
        let refused = try await send(street, .patch, path, "{\(other)}")
        #expect(refused.code == 409 && refused.string("details", "files") == "1", "\(refused.text)")
        let changed = try await send(street, .patch, path, #"{\#(other), "copies": "withdraw"}"#)
        #expect(changed.code == 200 && changed.string("destinations", "0", "path") == "/elsewhere", "\(changed.text)")
        let routes = try await street.server.test.catalogue.routes.list()
        #expect(routes.count { $0.endingSince != nil } == 1)
    }

    @Test("the page asks what becomes of the files, says so when nothing was said, and shows that the route ends")
    func page() async throws {
        let street = try await street(), form = "application/x-www-form-urlencoded"
        let shown = try await send(street, .get, "/admin/routes")
        #expect(shown.text.contains("1 fichier qu’elle a envoyé…"))
        let delete = "/admin/routes/\(street.route)/delete"
        let refused = try await send(street, .post, delete, "copies=", type: form)
        #expect(refused.code == 422 && refused.text.contains("Dites s’ils sont d’abord retirés"))
        let ending = try await send(street, .post, delete, "copies=withdraw", type: form)
        #expect(ending.code == 303 && ending.headers[.location] == "/admin/routes?said=routes.withdrawing")
        #expect(try await send(street, .get, "/admin/routes").text.contains("Retire tout, puis disparaît"))
    }
}
