import Domain
import Foundation

/// What a look at a destination compares with, and what it puts right.
extension DeliveryStore {
    /// Which of these names are known at a destination, with the pictures.
    package func records(
        _ route: RouteID, _ destination: Int, named names: [String]
    ) async throws -> [String: (picture: PictureID, record: DeliveryRecord)] {
        try await engine.read { connection in
            var found: [String: (picture: PictureID, record: DeliveryRecord)] = [:]
            for part in names.parts(of: 500) {
                try connection.each(
                    """
                    SELECT s.picture_id, \(Self.columns) FROM deliveries s
                    WHERE s.route_id = \(route) AND s.destination = \(destination)
                        AND s.name IN \(SQLStatement.list(part.map { .text($0) }))
                    """
                ) { row in
                    let picture = row.id(PictureID.self)
                    let record = try Self.record(&row)
                    found[record.name] = (picture, record)
                }
            }
            return found
        }
    }

    /// Pictures that the route is to send, of which nothing is known at a destination and nothing is queued for it; after
    /// an id, in order of ids.
    package func unsent(
        _ route: Route, _ destination: Int, after: PictureID?, limit: Int, at moment: Date = .now
    ) async throws -> [PictureID] {
        try await engine.read { connection in
            var seen: SQLStatement = route.whenHidden == .keep ? "1 = 1" : "\(Sight.mayLeave("p"))"
            if route.newestOnly {
                let newest = try route.labels.compactMap { label in
                    try NewestPicture.find(label, at: moment, connection)
                }
                seen += " AND p.id IN \(SQLStatement.list(newest.map { .id($0) }))"
            }
            return try connection.rows(
                """
                SELECT p.id FROM pictures p
                WHERE p.id > \(after?.string ?? "") AND p.status = 'prepared' AND p.erased_at IS NULL
                    AND p.label_id IN \(SQLStatement.list(route.labels.map { .id($0) }))
                    AND p.created_at >= \(route.since ?? .distantPast) AND \(seen)
                    AND NOT EXISTS (SELECT 1 FROM deliveries s WHERE s.route_id = \(route.id)
                        AND s.destination = \(destination) AND s.picture_id = p.id)
                    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.route_id = \(route.id)
                        AND o.destination = \(destination) AND o.picture_id = p.id)
                ORDER BY p.id LIMIT \(limit)
                """
            ) { $0.id() }
        }
    }

    /// What was thought to lie there does not, or is another file: it is sent anew.
    package func doubt(
        _ files: [(picture: PictureID, name: String)], _ route: RouteID, _ destination: Int
    ) async throws {
        try await engine.write { connection in
            for file in files {
                try connection.execute(
                    """
                    UPDATE deliveries SET delivered_at = NULL WHERE route_id = \(route) AND destination = \(destination)
                        AND picture_id = \(file.picture) AND name = \(file.name)
                    """)
            }
        }
    }
}
