import Catalogue
import Domain
import Foundation

/// What administrators do with routes; shared by the API, the pages and the command line. Each step is audited.
package struct RouteAdministration: Sendable {
    private let catalogue: Catalogue
    private let support: RouteSupport

    package init(catalogue: Catalogue, support: RouteSupport) {
        self.catalogue = catalogue
        self.support = support
    }

    /// A route with how each of its destinations is doing.
    package struct Standing: Sendable {
        package let route: Route
        package let labels: [CameraLabel]
        package let states: [DestinationState]
    }

    /// - Throws: `.unprocessable` for what is no route, `.conflict` for a taken name.
    package func create(_ route: Route, by viewer: Viewer) async throws -> Route {
        try await support.require(try route.validated())
        return try await catalogue.routes.create(route, by: viewer)
    }

    /// - Parameter copies: what becomes of what lies at destinations that are left out.
    /// - Throws: as `create`, `.notFound`, and what `change` throws; `.conflict` when something lies there and nothing is
    ///   said of it.
    package func change(
        _ id: RouteID, copies: SentCopies? = nil, by viewer: Viewer,
        _ change: @escaping @Sendable (inout Route) throws -> Void
    ) async throws -> Route {
        var wish = try await find(id)
        try change(&wish)
        // Those that are there already were looked at when they came.
        let known = Set(try await find(id).destinations.map(\.configuration))
        wish.destinations.removeAll { known.contains($0.configuration) && $0.secrets.isEmpty }
        try await support.require(wish)
        return try await catalogue.routes.change(id, copies: copies, by: viewer, change)
    }

    /// - Parameter copies: what becomes of what it has sent.
    /// - Returns: whether it is gone; else it is as soon as that is taken back.
    /// - Throws: `.notFound`; `.conflict` when it has sent something and nothing is said of that.
    package func delete(_ id: RouteID, copies: SentCopies? = nil, by viewer: Viewer) async throws -> Bool {
        guard try await catalogue.routes.delete(id, copies: copies, by: viewer) else {
            throw Failure.notFound("route")
        }
        return try await catalogue.routes.find(id) == nil
    }

    package func find(_ id: RouteID) async throws -> Route {
        guard let route = try await catalogue.routes.find(id) else { throw Failure.notFound("route") }
        return route
    }

    package func standing(_ id: RouteID) async throws -> Standing {
        let route = try await find(id)
        return try await standings([route], try await catalogue.destinations.states(of: id))[0]
    }

    /// All of them, by name.
    package func standings() async throws -> [Standing] {
        try await standings(try await catalogue.routes.list(), try await catalogue.destinations.states())
    }

    private func standings(_ routes: [Route], _ states: [DestinationState]) async throws -> [Standing] {
        let labels = try await catalogue.labels.list(viewer: .system)
        return routes.map { route in
            Standing(
                route: route, labels: labels.filter { route.labels.contains($0.id) },
                states: states.filter { $0.routeID == route.id })
        }
    }

    /// Tries a destination now. Nil when it works, else why not; what works is sent to at once.
    package func check(_ id: RouteID, _ number: Int) async throws -> String? {
        let route = try await find(id)
        guard let destination = route.destinations.first(where: { $0.number == number }) else {
            throw Failure.notFound("destination")
        }
        let isNew = try await !catalogue.destinations.isPrepared(id, number)
        do {
            try await support.check(destination, isNew)
        } catch let failure as Failure {
            return failure.message
        }
        if isNew { try await catalogue.destinations.prepared(id, number, at: .now) }
        try await catalogue.destinations.up(id, number)
        return nil
    }

    /// Sends everything to a destination anew, which is empty now.
    package func refill(_ id: RouteID, _ number: Int, by viewer: Viewer) async throws {
        try await catalogue.destinations.refill(try await find(id), number, by: viewer, at: .now)
    }

    /// Tries dead letters anew, and at once what waits for its next try; how many pictures.
    package func retry(
        _ id: RouteID, destination: Int? = nil, picture: PictureID? = nil, by viewer: Viewer
    ) async throws -> Int {
        _ = try await find(id)
        return try await catalogue.outbox.retry(id, destination: destination, picture: picture, by: viewer, at: .now)
    }

    /// A destination as the API has it, from JSON. Throws `DecodingError`.
    package static func destination(_ json: Data) throws -> RouteDestination {
        try JSONDecoder().decode(WrittenDestination.self, from: json).destination
    }

    /// Labels by name or id.
    ///
    /// - Throws: `.unprocessable` for one that is not there.
    package func labels(_ names: [String]) async throws -> [CameraLabelID] {
        let labels = try await catalogue.labels.list(viewer: .system)
        return try names.map { name in
            let found = labels.first { $0.id.string == name || $0.name.lowercased() == name.lowercased() }
            guard let found else {
                throw Failure(
                    .unprocessable, "There is no camera label “\(name)”.", details: ["field": "camera_labels"])
            }
            return found.id
        }
    }
}
