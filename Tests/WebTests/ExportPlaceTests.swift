import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("How many exports there may be at once")
struct ExportPlaceTests {
    @Test(
        "one account has two under way at most, all together as many as the operator says; then it is told when to come back"
    )
    func limits() async throws {
        let server = try await TestServer { $0.exportsAtOnce = 3 }
        let (ada, bob) = (try await server.addAccount("ada", .viewer), try await server.addAccount("bob", .viewer))
        let (adas, bobs) = (try await server.token(of: ada), try await server.token(of: bob))
        let places = server.services.exportPlaces
        try await server.run { asker in
            // Those that are done do not count.
            for _ in 0..<4 { #expect(try await asker.get("/api/export?format=csv", token: adas).code == 200) }
            let held = [try places.take(for: "account:\(ada.id)"), try places.take(for: "account:\(ada.id)")]
            for path in ["/api/export", "/api/export?format=gpkg", "/api/users/me/export"] {
                let refused = try await asker.get(path, token: adas, headers: [.acceptLanguage: "fr"])
                #expect(refused.code == 429 && refused.headers[.retryAfter] == "30", "\(path)")
                #expect(refused.string("details", "reason") == "export_quota")
                #expect(
                    refused.string("detail") == "Vous récupérez déjà 2 exports. Attendez que l’un d’eux soit terminé.")
            }
            #expect(try await asker.get("/api/export", token: bobs).code == 200)
            let third = try places.take(for: "somebody else")
            let busy = try await asker.get("/api/export", token: bobs)
            #expect(busy.code == 503 && busy.headers[.retryAfter] == "30")
            #expect(busy.string("details", "reason") == "exports_busy")
            for place in held + [third] { place.giveBack() }
            for _ in 0..<3 { #expect(try await asker.get("/api/export", token: adas).code == 200) }
        }
    }

    @Test("an export that is refused, or asked for by HEAD, holds no place afterwards")
    func released() async throws {
        let server = try await TestServer { $0.exportsAtOnce = 1 }
        let token = try await server.token(of: try await server.addAccount("ada", .viewer))
        try await server.run { asker in
            for _ in 0..<3 {
                #expect(try await asker.get("/api/collections/\(SequenceID())/export", token: token).code == 404)
                #expect(try await asker.get("/api/export?filter=nothing%20%3D%201", token: token).code == 400)
                #expect(try await asker.send(.head, "/api/export", token: token).code == 200)
            }
            let last = try await asker.get("/api/export", token: token)
            #expect(last.code == 200)
        }
    }
}
