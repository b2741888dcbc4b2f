import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The end of a route")
struct RouteEndingTests {
    /// A route that has brought one file to each of two mirrors.
    private func delivered(_ engine: CatalogueEngines) async throws -> RouteScene {
        let scene = try await RouteScene(engine)
        _ = try await scene.picture()
        try await scene.deliverAll()
        return scene
    }

    private func audit(_ scene: RouteScene, _ action: String) async throws -> [String: String]? {
        try await scene.catalogue.audit.list(before: nil, limit: 20).first { $0.action == action }?.details
    }

    @Test(
        "neither a route nor a destination goes while files lie there and nobody says what becomes of them",
        arguments: CatalogueEngines.allCases)
    func refused(engine: CatalogueEngines) async throws {
        let scene = try await delivered(engine), routes = scene.catalogue.routes
        let failure = await #expect(throws: Failure.self) { try await routes.delete(scene.route.id) }
        #expect(failure?.code == .conflict && failure?.details["files"] == "2")
        let other = await #expect(throws: Failure.self) {
            try await routes.change(scene.route.id) { $0.destinations.removeFirst() }
        }
        #expect(other?.code == .conflict && other?.details["files"] == "1")
        #expect(try await routes.list() == [scene.route])
    }

    @Test("what is left is counted in the audit log", arguments: CatalogueEngines.allCases)
    func left(engine: CatalogueEngines) async throws {
        let scene = try await delivered(engine), routes = scene.catalogue.routes
        _ = try await routes.change(scene.route.id, copies: .leave) { $0.destinations.removeFirst() }
        #expect(try await audit(scene, "route.left") == ["left": "1", "destination": "/mirror/a"])
        #expect(try await routes.delete(scene.route.id, copies: .leave))
        #expect(try await audit(scene, "route.deleted") == ["left": "1"])
        #expect(try await routes.list().isEmpty)
    }

    @Test("a route that takes back what it has sent is there until that is done", arguments: CatalogueEngines.allCases)
    func withdrawn(engine: CatalogueEngines) async throws {
        let scene = try await delivered(engine), catalogue = scene.catalogue
        #expect(try await catalogue.routes.delete(scene.route.id, copies: .withdraw))
        let ending = try #require(try await catalogue.routes.find(scene.route.id))
        #expect(ending.endingSince != nil && ending.labels.isEmpty)
        #expect(try await audit(scene, "route.withdrawing")?["files"] == "2")
        await #expect(throws: Failure.self) {
            try await catalogue.routes.change(scene.route.id) { $0.labels = [scene.label.id] }
        }
        // New pictures are none of its business.
        _ = try await scene.picture()
        for destination in 1...2 {
            let entries = try await scene.claim(destination, urgentOnly: true)
            #expect(entries.count == 1)
            for entry in entries {
                #expect(try await catalogue.routes.find(scene.route.id) != nil)
                for record in try await catalogue.deliveries.records(entry.routeID, destination, of: entry.pictureID) {
                    try await catalogue.deliveries.forget(entry, record.name)
                }
                try await catalogue.outbox.done(entry, at: .now)
            }
        }
        #expect(try await catalogue.routes.find(scene.route.id) == nil)
        #expect(try await audit(scene, "route.deleted") == ["withdrawn": "true"])
    }

    @Test(
        "a destination that is taken back from becomes a route that ends; the other one stays as it is",
        arguments: CatalogueEngines.allCases)
    func divided(engine: CatalogueEngines) async throws {
        let scene = try await delivered(engine), catalogue = scene.catalogue
        let changed = try await catalogue.routes.change(scene.route.id, copies: .withdraw) {
            $0.destinations.removeFirst()
        }
        #expect(changed.destinations.map(\.number) == [2] && changed.endingSince == nil)
        let part = try #require(try await catalogue.routes.list().first { $0.id != scene.route.id })
        #expect(part.endingSince != nil && part.destinations.map(\.configuration.summary) == ["/mirror/a"])
        #expect(try await catalogue.destinations.states(of: part.id).map(\.files) == [1])
        #expect(try await catalogue.destinations.states(of: scene.route.id).map(\.files) == [1])
        let entry = try #require(
            try await catalogue.outbox.claim(part.id, 1, worker: "w", limit: 9, now: .now, lease: 60).first)
        #expect(entry.isUrgent)
    }

    @Test(
        "a backup is not taken back: its catalogues would still tell everything", arguments: CatalogueEngines.allCases)
    func backup(engine: CatalogueEngines) async throws {
        let scene = try await delivered(engine), routes = scene.catalogue.routes
        _ = try await routes.change(scene.route.id) { route in
            route.contents = [.backup]
            route.whenHidden = .keep
        }
        let failure = await #expect(throws: Failure.self) {
            try await routes.delete(scene.route.id, copies: .withdraw)
        }
        #expect(failure?.details["reason"] == "backup")
        #expect(try await routes.delete(scene.route.id, copies: .leave))
    }
}
