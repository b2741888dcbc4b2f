import Domain
import Foundation

/// What administrators see of what is owed.
extension OutboxStore {
    /// One picture that a destination is owed.
    package struct Letter: Hashable, Sendable {
        package let destination: Int
        package let pictureID: PictureID
        package let queuedAt: Date
        package let dueAt: Date
        package let attempts: Int
        package let lastError: String?
        /// Since when it is a dead letter; nil while it is tried.
        package let parkedAt: Date?
    }

    /// In order of destinations and pictures.
    ///
    /// - Parameters:
    ///   - parked: dead letters only.
    ///   - after: the last of the page before.
    package func letters(
        of route: RouteID, parked: Bool, after: (destination: Int, picture: PictureID)? = nil, limit: Int
    ) async throws -> [Letter] {
        var statement: SQLStatement = """
            SELECT destination, picture_id, queued_at, due_at, attempts, last_error, parked_at FROM outbox
            WHERE route_id = \(route)
            """
        if parked { statement += " AND parked_at IS NOT NULL" }
        if let after {
            statement += " AND (destination, picture_id) > (\(after.destination), \(after.picture))"
        }
        statement += " ORDER BY destination, picture_id LIMIT \(limit)"
        return try await engine.read { [statement] connection in
            try connection.rows(statement) { row in
                Letter(
                    destination: row.int(), pictureID: row.id(), queuedAt: row.date(), dueAt: row.date(),
                    attempts: row.int(), lastError: row.optionalText(), parkedAt: row.optionalDate())
            }
        }
    }

    /// Tries dead letters of a route anew, and what waits for its next try at once; how many there were.
    ///
    /// - Parameters:
    ///   - destination: of that one alone.
    ///   - picture: that one alone.
    package func retry(
        _ route: RouteID, destination: Int? = nil, picture: PictureID? = nil, by viewer: Viewer = .system,
        at moment: Date
    ) async throws -> Int {
        var chosen: SQLStatement = "route_id = \(route)"
        if let destination { chosen += " AND destination = \(destination)" }
        if let picture { chosen += " AND picture_id = \(picture)" }
        return try await engine.write { [chosen] connection in
            let count = try connection.execute(
                """
                UPDATE outbox SET parked_at = NULL, attempts = 0, due_at = \(Date.distantPast)
                WHERE \(chosen) AND worker IS NULL AND (parked_at IS NOT NULL OR attempts > 0)
                """)
            var destinations: SQLStatement = "route_id = \(route)"
            if let destination { destinations += " AND number = \(destination)" }
            try connection.execute("UPDATE route_destinations SET retry_at = 0 WHERE \(destinations)")
            try AuditStore.insert(
                "route.retried", by: viewer, subject: route.string, details: ["pictures": "\(count)"], at: moment,
                connection)
            return count
        }
    }

    /// What a destination was owed at a moment and is still, and how much of that are dead letters.
    package func left(
        of route: RouteID, _ destination: Int, queuedUntil moment: Date
    ) async throws -> (waiting: Int, parked: Int) {
        let both = try await engine.read { connection in
            try connection.first(
                """
                SELECT COUNT(*) - COUNT(parked_at), COUNT(parked_at) FROM outbox
                WHERE route_id = \(route) AND destination = \(destination) AND queued_at <= \(moment)
                """
            ) { row in (row.int(), row.int()) }
        }
        return both.map { (waiting: $0.0, parked: $0.1) } ?? (0, 0)
    }

    /// What dead letters and waiting ones of a route failed of, the most frequent first.
    package func setbacks(of route: RouteID, limit: Int = 10) async throws -> [JobSetback] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT last_error, COUNT(*) FROM outbox WHERE route_id = \(route) AND last_error IS NOT NULL
                GROUP BY last_error ORDER BY COUNT(*) DESC, last_error LIMIT \(limit)
                """
            ) { row in JobSetback(reason: row.text(), jobs: row.int()) }
        }
    }

    /// Owes a destination some pictures anew: its copies were found to be others than they should be.
    package func owe(_ pictures: [PictureID], _ route: RouteID, _ destination: Int, at moment: Date) async throws {
        try await engine.write { connection in
            for id in pictures {
                try connection.execute(
                    """
                    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
                    SELECT \(route), \(destination), \(id),
                        COALESCE((SELECT p.label_id FROM pictures p WHERE p.id = \(id)), '-'), 0, \(moment)
                    WHERE true
                    \(OutboxTable.again)
                    """)
            }
        }
    }
}
