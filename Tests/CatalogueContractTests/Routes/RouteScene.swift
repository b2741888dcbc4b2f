import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

/// Two labels, an owner of both, and a route for the first with two mirrors.
struct RouteScene {
    let test: TestCatalogue
    let label: CameraLabel
    let other: CameraLabel
    let owner: Account
    let route: Route

    var catalogue: Catalogue { test.catalogue }

    init(_ engine: CatalogueEngines, whenHidden: Route.WhenHidden = .withdraw) async throws {
        test = try await TestCatalogue(engine)
        label = try await test.addLabel("CAM-1")
        other = try await test.addLabel("CAM-2")
        owner = try await test.addAccount("owner", .field, grants: [label, other])
        route = try await test.catalogue.routes.create(
            Self.route([label.id], mirrors: ["/mirror/a", "/mirror/b"], whenHidden: whenHidden))
    }

    static func route(
        _ labels: [CameraLabelID], named name: String = "Off-site", mirrors: [String] = ["/mirror/a"],
        contents: [RouteContent] = [.hd], whenHidden: Route.WhenHidden = .withdraw
    ) -> Route {
        Route(
            name: name, labels: labels, contents: contents,
            destinations: mirrors.map { RouteDestination(configuration: .directory(DirectoryPlace(path: $0))) },
            whenHidden: whenHidden, createdAt: TestCatalogue.epoch)
    }

    func picture(_ test: TestPicture = TestPicture(), label: CameraLabel? = nil) async throws -> PictureID {
        try await self.test.addPreparedPicture(test, by: owner, label: label ?? self.label)
    }

    func claim(_ destination: Int = 1, limit: Int = 100, urgentOnly: Bool = false) async throws -> [OutboxEntry] {
        try await catalogue.outbox.claim(
            route.id, destination, worker: "w", limit: limit, now: .now, lease: 60, urgentOnly: urgentOnly)
    }

    /// Says of both mirrors that they have what they are owed.
    func deliverAll() async throws {
        for destination in 1...2 {
            for entry in try await claim(destination) {
                try await deliver(entry)
            }
        }
    }

    func deliver(_ entry: OutboxEntry) async throws {
        let name = try await catalogue.deliveries.reserve(
            entry, .hd, names: ["\(entry.pictureID).jpg"], size: 1, sha256: "00", revision: 1)
        try await catalogue.deliveries.delivered(entry, name, at: .now)
        try await catalogue.outbox.done(entry, at: .now)
    }

    /// Which pictures are owed to both mirrors alike, and whether something may have to be taken back.
    func owed() async throws -> [PictureID: Bool] {
        let rows = try await catalogue.engine.read { connection in
            try connection.rows("SELECT destination, picture_id, is_urgent FROM outbox") {
                ($0.int(), $0.id(PictureID.self), $0.bool())
            }
        }
        let (first, second) = (rows.filter { $0.0 == 1 }, rows.filter { $0.0 == 2 })
        #expect(Set(first.map(\.1)) == Set(second.map(\.1)))
        return Dictionary(uniqueKeysWithValues: first.map { ($0.1, $0.2) })
    }

    /// What may be sent of a picture.
    func mayLeave(_ id: PictureID) async throws -> Bool {
        try await catalogue.deliveries.subject(id)?.mayBeSeen ?? false
    }
}
