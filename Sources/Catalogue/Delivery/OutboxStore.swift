import Domain
import Foundation

/// What routes owe. A claim is a lease: it ends with `done`, `later`, `park` or `release`, or when its time is over.
package struct OutboxStore: Sendable {
    let engine: any SQLEngine

    /// Claims up to `limit` due entries of a destination, the oldest of each label in turn.
    ///
    /// - Parameters:
    ///   - urgentOnly: only where something may have to be taken back.
    ///   - held: what this worker is doing, even when its leases have run out.
    package func claim(
        _ route: RouteID, _ destination: Int, worker: String, limit: Int, now: Date, lease: TimeInterval,
        urgentOnly: Bool = false, besides held: [PictureID] = []
    ) async throws -> [OutboxEntry] {
        let until = now.addingTimeInterval(lease)
        return try await engine.write { connection in
            let due: SQLStatement = """
                route_id = \(route) AND destination = \(destination) AND due_at <= \(now) AND parked_at IS NULL \
                AND picture_id NOT IN \(SQLStatement.list(held.isEmpty ? [.text("")] : held.map { .id($0) }))
                """
            let entries =
                urgentOnly
                ? try Self.entries(where: "\(due) AND is_urgent = 1 ORDER BY due_at LIMIT \(limit)", connection)
                : try Self.fair(due, route, destination, limit, connection)
            for entry in entries {
                try connection.execute(
                    "UPDATE outbox SET worker = \(worker), due_at = \(until) WHERE \(Self.isRow(entry))")
            }
            return entries
        }
    }

    /// It is in line: the entry ends, unless the picture has changed since it was claimed.
    package func done(_ entry: OutboxEntry, at moment: Date) async throws {
        try await engine.write { connection in try Self.end(entry, at: moment, connection) }
    }

    /// Another try, later. One whose picture has changed since is due at once.
    ///
    /// - Parameter counts: false for a reason that this picture cannot help.
    package func later(_ entry: OutboxEntry, at moment: Date, reason: String, counts: Bool) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE outbox SET worker = NULL,
                    due_at = CASE WHEN version = \(entry.version) THEN \(moment) ELSE \(Date.distantPast) END,
                    last_error = CASE WHEN version = \(entry.version) THEN \(reason) END,
                    attempts = CASE WHEN version = \(entry.version) THEN attempts + \(counts ? 1 : 0) ELSE 0 END
                WHERE \(Self.isRow(entry))
                """)
        }
    }

    /// What had to be taken back is; the rest waits for its window.
    package func settled(_ entry: OutboxEntry) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE outbox SET worker = NULL, due_at = \(Date.distantPast),
                    is_urgent = CASE WHEN version = \(entry.version) THEN 0 ELSE is_urgent END
                WHERE \(Self.isRow(entry))
                """)
        }
    }

    /// A dead letter: tried no more until somebody asks for it, or the picture changes.
    package func park(_ entry: OutboxEntry, reason: String, at moment: Date) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE outbox SET worker = NULL, due_at = \(Date.distantPast),
                    attempts = CASE WHEN version = \(entry.version) THEN attempts + 1 ELSE 0 END,
                    last_error = CASE WHEN version = \(entry.version) THEN \(reason) END,
                    parked_at = CASE WHEN version = \(entry.version) THEN \(moment) END
                WHERE \(Self.isRow(entry))
                """)
        }
    }

    /// Gives a claim back, as if it had not been.
    package func release(_ entry: OutboxEntry) async throws {
        try await engine.write { connection in
            try connection.execute(
                "UPDATE outbox SET worker = NULL, due_at = \(Date.distantPast) WHERE \(Self.isRow(entry))")
        }
    }

    /// At start: the claims of an earlier run are given up at once.
    package func reclaim(except worker: String) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE outbox SET worker = NULL, due_at = \(Date.distantPast)
                WHERE worker IS NOT NULL AND worker <> \(worker)
                """)
        }
    }

    static func end(_ entry: OutboxEntry, at moment: Date, _ connection: any SQLConnection) throws {
        let ended = try connection.execute(
            "DELETE FROM outbox WHERE \(isRow(entry)) AND version = \(entry.version)")
        if ended == 0 {
            try connection.execute(
                "UPDATE outbox SET worker = NULL, due_at = \(Date.distantPast) WHERE \(isRow(entry))")
        }
        try connection.execute(
            """
            UPDATE route_destinations SET worked_at = \(moment), down_since = NULL, failures = 0, retry_at = 0,
                last_error = NULL
            WHERE route_id = \(entry.routeID) AND number = \(entry.destination)
            """)
        try RouteEnding.finish(entry.routeID, at: moment, connection)
    }

    private static func isRow(_ entry: OutboxEntry) -> SQLStatement {
        """
        route_id = \(entry.routeID) AND destination = \(entry.destination) AND picture_id = \(entry.pictureID)
        """
    }

    /// A share of each label, so that a card of thousands does not hold up what another camera sends.
    private static func fair(
        _ due: SQLStatement, _ route: RouteID, _ destination: Int, _ limit: Int, _ connection: any SQLConnection
    ) throws -> [OutboxEntry] {
        var labels: [String] = []
        while let label = try next(after: labels.last, route, destination, connection) { labels.append(label) }
        let share = max(1, limit / max(1, labels.count))
        var (first, rest): ([OutboxEntry], [OutboxEntry]) = ([], [])
        for label in labels {
            let found = try entries(
                where: "\(due) AND label_id = \(label) ORDER BY due_at, picture_id LIMIT \(limit)", connection)
            first += found.prefix(share)
            rest += found.dropFirst(share)
        }
        // With more labels than places each gets its turn all the same.
        guard first.count <= limit else { return Array(first.shuffled().prefix(limit)) }
        return first + rest.prefix(limit - first.count)
    }

    /// The labels that something waits of, one after the other.
    private static func next(
        after label: String?, _ route: RouteID, _ destination: Int, _ connection: any SQLConnection
    ) throws -> String? {
        try connection.first(
            """
            SELECT label_id FROM outbox
            WHERE route_id = \(route) AND destination = \(destination) AND parked_at IS NULL
                AND label_id > \(label ?? "")
            ORDER BY label_id LIMIT 1
            """
        ) { $0.text() }
    }

    private static func entries(
        where condition: SQLStatement, _ connection: any SQLConnection
    ) throws -> [OutboxEntry] {
        try connection.rows(
            """
            SELECT route_id, destination, picture_id, version, is_urgent, attempts FROM outbox WHERE \(condition)
            """
        ) { row in
            OutboxEntry(
                routeID: row.id(), destination: row.int(), pictureID: row.id(), version: row.int(),
                isUrgent: row.bool(), attempts: row.int())
        }
    }
}
