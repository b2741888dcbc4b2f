import Domain
import Foundation

/// Routes: for administrators and the server itself alone, so that no call takes a viewer.
package struct RouteStore: Sendable {
    let engine: any SQLEngine

    /// Makes a route, and owes it every picture of its labels.
    ///
    /// - Returns: the route as it is kept.
    /// - Throws: `.unprocessable` for what is no route, and for originals where a label leaves none; `.conflict` when the
    ///   name is taken.
    package func create(_ route: Route, by viewer: Viewer = .system, at moment: Date = .now) async throws -> Route {
        var route = try route.validated()
        for index in route.destinations.indices { route.destinations[index].number = index + 1 }
        return try await engine.write { [route] connection in
            try RouteChecks.require(route, connection)
            try RouteRow.insert(route, connection)
            for destination in route.destinations { try RouteRow.insert(destination, of: route.id, connection) }
            try OutboxTable.owe(route, at: moment, connection)
            try AuditStore.insert(
                "route.created", by: viewer, subject: route.id.string, details: Self.audit(route), at: moment,
                connection)
            return route
        }
    }

    package func find(_ id: RouteID) async throws -> Route? {
        try await engine.read { try RouteRow.list(where: "r.id = \(id)", $0).first }
    }

    package func find(name: String) async throws -> Route? {
        try await engine.read { try RouteRow.list(where: "r.name_key = \(NameKey.of(name))", $0).first }
    }

    /// By name.
    package func list() async throws -> [Route] { try await engine.read { try RouteRow.list(where: "1 = 1", $0) } }

    /// Changes a route as it is now, and owes it everything anew: what is in line already is found to be.
    ///
    /// A destination with a configuration that was there keeps its number, its secrets where none are given, and what is
    /// known to lie there. One that is left out and taken back from becomes a route of its own that ends.
    ///
    /// - Parameter copies: what becomes of what lies at destinations that are left out.
    /// - Throws: what `change` throws, `.notFound`, and as `create`; `.conflict` for a route that ends, and when nothing
    ///   is said of copies that there are.
    package func change(
        _ id: RouteID, copies: SentCopies? = nil, by viewer: Viewer = .system, at moment: Date = .now,
        _ change: @escaping @Sendable (inout Route) throws -> Void
    ) async throws -> Route {
        try await engine.write { connection in
            guard let before = try RouteRow.list(where: "r.id = \(id)", connection).first else {
                throw Failure.notFound("route")
            }
            guard before.endingSince == nil else { throw RouteEnding.isEnding }
            var after = before
            try change(&after)
            after.destinations = try Self.numbered(after.destinations, before, connection)
            after = try after.validated()
            try RouteChecks.require(after, connection)
            try RouteRow.update(after, connection)
            for old in before.destinations where !after.destinations.contains(where: { $0.number == old.number }) {
                try RouteEnding.leaveOut(old, of: before, copies, by: viewer, at: moment, connection)
            }
            try Self.replace(before.destinations, after.destinations, of: id, connection)
            try OutboxTable.owe(after, at: moment, connection)
            try OutboxTable.oweDelivered(id, at: moment, connection)
            try AuditStore.insert(
                "route.changed", by: viewer, subject: id.string, details: Self.audit(after), at: moment, connection)
            return after
        }
    }

    /// Forgets a route and what it owes; one that takes back what it has sent first is there until that is done.
    ///
    /// - Parameter copies: what becomes of what it has sent.
    /// - Returns: false when there was none.
    /// - Throws: `.conflict` when it has sent something and nothing is said of that.
    package func delete(
        _ id: RouteID, copies: SentCopies? = nil, by viewer: Viewer = .system, at moment: Date = .now
    ) async throws -> Bool {
        try await engine.write { connection in
            guard let route = try RouteRow.list(where: "r.id = \(id)", connection).first else { return false }
            try RouteEnding.end(route, copies, by: viewer, at: moment, connection)
            return true
        }
    }

    private static func numbered(
        _ destinations: [RouteDestination], _ before: Route, _ connection: any SQLConnection
    ) throws -> [RouteDestination] {
        // Also above those that are gone: what is owed under a number is never taken for another place's.
        let highest = try connection.number("SELECT MAX(number) FROM route_destinations WHERE route_id = \(before.id)")
        var next = Int(highest) + 1
        return destinations.map { destination in
            var destination = destination
            if let known = before.destinations.first(where: { $0.configuration == destination.configuration }) {
                destination.number = known.number
                if destination.secrets.isEmpty { destination.secrets = known.secrets }
            } else {
                destination.number = next
                next += 1
            }
            return destination
        }
    }

    private static func replace(
        _ before: [RouteDestination], _ after: [RouteDestination], of id: RouteID, _ connection: any SQLConnection
    ) throws {
        for new in after {
            guard before.contains(where: { $0.number == new.number }) else {
                try RouteRow.insert(new, of: id, connection)
                continue
            }
            // It may work now.
            try connection.execute(
                """
                UPDATE route_destinations SET secrets = \(try JSONText.encode(new.secrets)), retry_at = 0
                WHERE route_id = \(id) AND number = \(new.number)
                """)
        }
    }

    private static func audit(_ route: Route) -> [String: String] {
        [
            "contents": route.contents.map(\.word).joined(separator: ","),
            "destinations": route.destinations.map(\.configuration.kind.rawValue).joined(separator: ","),
            "labels": route.labels.map(\.string).joined(separator: ","),
        ]
    }
}
