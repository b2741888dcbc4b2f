import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Routes in the catalogue")
struct RouteStoreTests {
    private static let bucket = RouteDestination(
        configuration: .bucket(
            BucketPlace(endpoint: "https://s3.example.org", bucket: "copies", prefix: "a/b", accessKey: "key")),
        secrets: ["secret_key": "s3cret"])

    @Test("a route is found as it was made", arguments: CatalogueEngines.allCases)
    func made(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        var route = RouteScene.route(
            [scene.label.id, scene.other.id], named: "  Partner ",
            contents: [.sd, .rendition(try Rendition(width: 1920, height: 1280)), .item])
        route.destinations.append(Self.bucket)
        route.window = try DeliveryWindow(from: "22:00", to: "06:00", zone: "Europe/Paris")
        route.rate = 250_000
        route.whenHidden = .keep
        route.since = TestCatalogue.epoch
        route.isEnabled = false
        let kept = try await scene.catalogue.routes.create(route)
        #expect(kept.name == "Partner" && kept.destinations.map(\.number) == [1, 2])
        #expect(try await scene.catalogue.routes.find(kept.id) == kept)
        #expect(try await scene.catalogue.routes.find(name: "PARTNER") == kept)
        #expect(try await scene.catalogue.routes.list().map(\.name) == ["Off-site", "Partner"])
        #expect(try await scene.catalogue.routes.delete(kept.id))
        #expect(try await scene.catalogue.routes.find(kept.id) == nil)
    }

    @Test("what the policy of a label discards cannot be asked for", arguments: CatalogueEngines.allCases)
    func originals(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        for content in [RouteContent.original, .raw] {
            let route = RouteScene.route([scene.label.id], named: "Backup", contents: [content])
            await #expect(throws: Failure.self) { try await scene.catalogue.routes.create(route) }
            try await scene.catalogue.originals.setRule(try OriginalsRule(.keep), of: scene.label.id)
            let kept = try await scene.catalogue.routes.create(route)
            #expect(try await scene.catalogue.routes.delete(kept.id))
            try await scene.catalogue.originals.setRule(.discard, of: scene.label.id)
        }
    }

    @Test(
        "a destination that stays keeps its number, its secret and what lies there",
        arguments: CatalogueEngines.allCases)
    func changed(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        _ = try await scene.picture()
        try await scene.deliverAll()
        let routes = scene.catalogue.routes
        _ = try await routes.change(scene.route.id, copies: .leave) {
            $0.destinations = [$0.destinations[1], Self.bucket]
        }
        let changed = try await routes.change(scene.route.id) { route in
            route.destinations = route.destinations.map { RouteDestination(configuration: $0.configuration) }
        }
        #expect(changed.destinations.map(\.number) == [2, 3])
        #expect(changed.destinations.last?.secrets == ["secret_key": "s3cret"])
        let states = try await scene.catalogue.destinations.states(of: scene.route.id)
        #expect(states.map(\.files) == [1, 0] && states.map(\.waiting) == [1, 1])
        // A number that was given once is never another place's.
        let third = try await routes.change(scene.route.id, copies: .leave) { route in
            route.destinations = [RouteDestination(configuration: .directory(DirectoryPlace(path: "/mirror/c")))]
        }
        #expect(third.destinations.map(\.number) == [4])
    }

    @Test("nothing is changed when it would be no route any more", arguments: CatalogueEngines.allCases)
    func refused(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        for change: @Sendable (inout Route) -> Void in [
            { $0.labels = [] }, { $0.contents = [] }, { $0.destinations = [] }, { $0.name = " " }, { $0.rate = 1 },
            { $0.labels = [CameraLabelID()] }, { $0.contents = [.original] },
        ] {
            await #expect(throws: Failure.self) {
                try await scene.catalogue.routes.change(scene.route.id) { change(&$0) }
            }
        }
        #expect(try await scene.catalogue.routes.find(scene.route.id) == scene.route)
    }
}
