import Domain
import Foundation

/// How routes and their destinations go, inside the transaction that ends them: what lies there is never just forgotten,
/// since no erasure and no report would reach it any more.
enum RouteEnding {
    static let isEnding = Failure(
        .conflict, "This route takes back what it has sent, and is deleted then: it cannot be changed.")

    /// - Throws: `.conflict` when something lies there and nothing is said of it.
    static func end(
        _ route: Route, _ copies: SentCopies?, by viewer: Viewer, at moment: Date, _ connection: any SQLConnection
    ) throws {
        let files = try count("route_id = \(route.id)", of: route, copies, connection)
        guard files > 0, copies == .withdraw else {
            try connection.execute("DELETE FROM routes WHERE id = \(route.id)")
            return try AuditStore.insert(
                "route.deleted", by: viewer, subject: route.id.string, details: left(files), at: moment, connection)
        }
        try connection.execute(
            "UPDATE routes SET ending_at = COALESCE(ending_at, \(moment)) WHERE id = \(route.id)")
        // Without labels everything it has sent is unwanted.
        try connection.execute("DELETE FROM route_labels WHERE route_id = \(route.id)")
        try withdraw(route.id, files, of: route, by: viewer, at: moment, connection)
    }

    /// A destination goes; what is taken back from it is by a route of its own that has nothing else.
    ///
    /// - Throws: as `end`.
    static func leaveOut(
        _ destination: RouteDestination, of route: Route, _ copies: SentCopies?, by viewer: Viewer, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        let old: SQLStatement = "route_id = \(route.id) AND destination = \(destination.number)"
        let files = try count(old, of: route, copies, connection)
        if files > 0, copies == .withdraw {
            let part = Route(
                name: "\(route.name.prefix(60)) #\(destination.number) \(RouteID().string.prefix(8))", labels: [],
                contents: route.contents, destinations: [], pattern: route.pattern, whenHidden: route.whenHidden,
                isEnabled: route.isEnabled, createdAt: moment, endingSince: moment)
            try RouteRow.insert(part, connection)
            try RouteRow.insert(destination, of: part.id, connection)
            try connection.execute(
                """
                UPDATE route_destinations SET prepared_at = (SELECT o.prepared_at FROM route_destinations o
                    WHERE o.route_id = \(route.id) AND o.number = \(destination.number))
                WHERE route_id = \(part.id)
                """)
            try connection.execute("UPDATE deliveries SET route_id = \(part.id) WHERE \(old)")
            try connection.execute("UPDATE outbox SET route_id = \(part.id) WHERE \(old)")
            try withdraw(part.id, files, of: route, by: viewer, at: moment, connection)
        } else if files > 0 {
            try AuditStore.insert(
                "route.left", by: viewer, subject: route.id.string,
                details: left(files).merging(["destination": destination.configuration.summary]) { $1 }, at: moment,
                connection)
        }
        try connection.execute(
            "DELETE FROM route_destinations WHERE route_id = \(route.id) AND number = \(destination.number)")
    }

    /// Deletes a route that ends once nothing is left to take back.
    static func finish(_ id: RouteID, at moment: Date, _ connection: any SQLConnection) throws {
        let ended = try connection.execute(
            """
            DELETE FROM routes WHERE id = \(id) AND ending_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.route_id = \(id))
                AND NOT EXISTS (SELECT 1 FROM deliveries s WHERE s.route_id = \(id))
            """)
        guard ended == 1 else { return }
        try AuditStore.insert(
            "route.deleted", by: .system, subject: id.string, details: ["withdrawn": "true"], at: moment, connection)
    }

    /// How many files lie there, or may.
    private static func count(
        _ condition: SQLStatement, of route: Route, _ copies: SentCopies?, _ connection: any SQLConnection
    ) throws -> Int {
        let files = Int(try connection.number("SELECT COUNT(*) FROM deliveries WHERE \(condition)"))
        guard files == 0 || copies != nil else {
            throw Failure(
                .conflict,
                "Files that this route has sent lie there: \(files). Say whether they are taken back first (withdraw) or stay (leave).",
                details: ["reason": "copies_there", "files": "\(files)"])
        }
        // With its catalogues, which nobody has counted, there would still be all of it.
        guard files == 0 || copies != .withdraw || !route.contents.contains(.backup) else {
            throw Failure(
                .conflict, "A backup is not taken back. Leave it where it is, and delete it there.",
                details: ["reason": "backup", "files": "\(files)"])
        }
        return files
    }

    /// Owes it to each picture of which something lies there, or is under way, that this is looked at.
    private static func withdraw(
        _ id: RouteID, _ files: Int, of route: Route, by viewer: Viewer, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        // What somebody is at stays with them until their time is over.
        try connection.execute(
            """
            UPDATE outbox SET is_urgent = 1, version = version + 1, attempts = 0, last_error = NULL, parked_at = NULL,
                due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END
            WHERE route_id = \(id)
            """)
        try OutboxTable.oweDelivered(id, at: moment, connection)
        try connection.execute("UPDATE route_destinations SET retry_at = 0 WHERE route_id = \(id)")
        try AuditStore.insert(
            "route.withdrawing", by: viewer, subject: id.string, details: ["route": route.name, "files": "\(files)"],
            at: moment, connection)
    }

    private static func left(_ files: Int) -> [String: String] { files == 0 ? [:] : ["left": "\(files)"] }
}
