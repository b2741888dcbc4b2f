import Domain
import Foundation

/// What is queued by hand, inside the transaction that makes it necessary. Everything else is queued by the triggers on
/// `pictures`.
enum OutboxTable {
    /// Each picture of the route's labels, for each of its destinations.
    static func owe(_ route: Route, at moment: Date, _ connection: any SQLConnection) throws {
        for destination in route.destinations {
            for label in route.labels {
                try connection.execute(
                    """
                    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
                    SELECT \(route.id), \(destination.number), p.id, p.label_id, 0, \(moment) FROM pictures p
                    WHERE \(wanted(label, route, at: moment)) AND p.status = 'prepared' AND p.erased_at IS NULL
                        AND p.created_at >= \(route.since ?? .distantPast)
                    \(again)
                    """)
            }
        }
    }

    private static func wanted(_ label: CameraLabelID, _ route: Route, at moment: Date) -> SQLStatement {
        route.newestOnly ? "p.id = \(NewestPicture.id(of: "\(label)", at: moment))" : "p.label_id = \(label)"
    }

    /// Each picture that something of lies at the route's destinations.
    static func oweDelivered(_ id: RouteID, at moment: Date, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
            SELECT DISTINCT s.route_id, s.destination, s.picture_id,
                COALESCE((SELECT p.label_id FROM pictures p WHERE p.id = s.picture_id), '-'), 1, \(moment)
            FROM deliveries s WHERE s.route_id = \(id)
            \(again)
            """)
    }

    /// One that is queued already has changed.
    static let again: SQLStatement = """
        ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET version = version + 1, \
        is_urgent = MAX(is_urgent, excluded.is_urgent), due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END, \
        attempts = 0, last_error = NULL, parked_at = NULL
        """
}
