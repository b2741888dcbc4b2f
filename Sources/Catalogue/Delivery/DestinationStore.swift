import Domain
import Foundation

/// How destinations are doing, and which of them something is due for.
package struct DestinationStore: Sendable {
    let engine: any SQLEngine

    /// A destination that something is due for.
    package struct Due: Hashable, Sendable {
        package let routeID: RouteID
        package let number: Int
        /// Something may have to be taken back.
        package let isUrgent: Bool
    }

    /// Those that something is due for and that may be tried.
    package func due(at now: Date) async throws -> [Due] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT d.route_id, d.number, EXISTS (
                    SELECT 1 FROM outbox o WHERE o.route_id = d.route_id AND o.destination = d.number
                        AND o.is_urgent = 1 AND o.due_at <= \(now) AND o.parked_at IS NULL)
                FROM route_destinations d WHERE d.retry_at <= \(now) AND EXISTS (
                    SELECT 1 FROM outbox o WHERE o.route_id = d.route_id AND o.destination = d.number
                        AND o.is_urgent IN (0, 1) AND o.due_at <= \(now) AND o.parked_at IS NULL)
                """
            ) { Due(routeID: $0.id(), number: $0.int(), isUrgent: $0.bool()) }
        }
    }

    /// Whether it was made ready before.
    package func isPrepared(_ route: RouteID, _ number: Int) async throws -> Bool {
        try await engine.read { connection in
            try connection.exists(
                """
                SELECT 1 FROM route_destinations
                WHERE route_id = \(route) AND number = \(number) AND prepared_at IS NOT NULL
                """)
        }
    }

    package func prepared(_ route: RouteID, _ number: Int, at moment: Date) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE route_destinations SET prepared_at = \(moment)
                WHERE route_id = \(route) AND number = \(number)
                """)
        }
    }

    /// How often in a row it was found to be down.
    package func failures(_ route: RouteID, _ number: Int) async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    "SELECT failures FROM route_destinations WHERE route_id = \(route) AND number = \(number)"))
        }
    }

    /// Nothing can be delivered there; asked again at `retry`.
    package func down(_ route: RouteID, _ number: Int, reason: String, at moment: Date, retry: Date) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE route_destinations SET down_since = COALESCE(down_since, \(moment)), failures = failures + 1,
                    retry_at = \(retry), last_error = \(reason)
                WHERE route_id = \(route) AND number = \(number)
                """)
        }
    }

    /// It works.
    package func up(_ route: RouteID, _ number: Int) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE route_destinations SET down_since = NULL, failures = 0, retry_at = 0, last_error = NULL
                WHERE route_id = \(route) AND number = \(number) AND (down_since IS NOT NULL OR retry_at > 0)
                """)
        }
    }

    /// What is known to lie there is forgotten, and all of it is owed anew: somebody has put an empty disk in its place.
    package func refill(_ route: Route, _ number: Int, by viewer: Viewer, at moment: Date) async throws {
        guard let destination = route.destinations.first(where: { $0.number == number }) else {
            throw Failure.notFound("destination")
        }
        var alone = route
        alone.destinations = [destination]
        try await engine.write { [alone] connection in
            try connection.execute(
                "DELETE FROM deliveries WHERE route_id = \(route.id) AND destination = \(number)")
            try connection.execute(
                """
                UPDATE route_destinations SET prepared_at = NULL, retry_at = 0
                WHERE route_id = \(route.id) AND number = \(number)
                """)
            try OutboxTable.owe(alone, at: moment, connection)
            try RouteEnding.finish(route.id, at: moment, connection)
            try AuditStore.insert(
                "route.refilled", by: viewer, subject: route.id.string, details: ["destination": "\(number)"],
                at: moment, connection)
        }
    }

    /// Of one route or, for nil, of all, in order of their numbers.
    package func states(of route: RouteID? = nil) async throws -> [DestinationState] {
        let condition: SQLStatement = route.map { "d.route_id = \($0)" } ?? "1 = 1"
        return try await engine.read { connection in
            try connection.rows(
                """
                SELECT d.route_id, d.number, d.down_since, d.failures, d.retry_at, d.last_error, d.worked_at,
                    (SELECT COUNT(*) FROM outbox o
                        WHERE o.route_id = d.route_id AND o.destination = d.number AND o.parked_at IS NULL),
                    (SELECT COUNT(*) FROM outbox o WHERE o.route_id = d.route_id AND o.destination = d.number
                        AND o.parked_at IS NOT NULL),
                    (SELECT MIN(o.queued_at) FROM outbox o
                        WHERE o.route_id = d.route_id AND o.destination = d.number AND o.parked_at IS NULL),
                    (SELECT COUNT(*) FROM deliveries s WHERE s.route_id = d.route_id AND s.destination = d.number
                        AND s.delivered_at IS NOT NULL),
                    (SELECT COALESCE(SUM(s.size), 0) FROM deliveries s WHERE s.route_id = d.route_id
                        AND s.destination = d.number AND s.delivered_at IS NOT NULL)
                FROM route_destinations d WHERE \(condition) ORDER BY d.route_id, d.number
                """
            ) { row in
                DestinationState(
                    routeID: row.id(), number: row.int(), downSince: row.optionalDate(), failures: row.int(),
                    retryAt: row.date(), lastError: row.optionalText(), workedAt: row.optionalDate(),
                    waiting: row.int(), parked: row.int(), oldest: row.optionalDate(), files: row.int(),
                    size: row.int64())
            }
        }
    }
}
