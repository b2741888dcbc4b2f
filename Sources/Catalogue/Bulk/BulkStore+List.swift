import Domain
import Foundation

extension BulkStore {
    /// The pictures that the viewer may change, also those that are not shown yet; by time of capture, those that are not
    /// prepared by time of arrival.
    package func list(_ query: OwnPictureQuery, viewer: Viewer) async throws -> [OwnPicture] {
        let sight = Sight(viewer), time = Self.time(query.state)
        let order: SQLStatement = query.isOldestFirst ? "\(time), p.id" : "\(time) DESC, p.id"
        return try await engine.read { connection in
            let after = try Self.after(query, time, connection)
            return try connection.rows(
                """
                SELECT \(PictureRow.plainColumns), l.name, a.name, s.title,
                    p.staged_name IS NOT NULL OR p.derivatives <> '[]'
                FROM pictures p CROSS JOIN camera_labels l ON l.id = p.label_id
                    CROSS JOIN accounts a ON a.id = p.account_id LEFT JOIN sequences s ON s.id = p.sequence_id
                WHERE \(sight.sees(named: "p")) AND \(sight.edits("p")) AND \(Self.conditions(query))\(after)
                ORDER BY \(order) LIMIT \(query.limit)
                """
            ) { row in
                OwnPicture(
                    picture: try PictureRow.picture(&row), label: row.text(), producer: row.text(),
                    sequence: row.optionalText(), mayRetry: row.bool())
            }
        }
    }

    private static func time(_ state: OwnPictureQuery.State) -> SQLStatement {
        switch state {
        case .ready, .hidden: "p.captured_at"
        case .waiting, .broken: "p.created_at"
        }
    }

    private static func after(
        _ query: OwnPictureQuery, _ time: SQLStatement, _ connection: any SQLConnection
    ) throws -> SQLStatement {
        guard let last = query.after else { return "" }
        let moment = try connection.first("SELECT \(time) FROM pictures p WHERE p.id = \(last)") { $0.optionalDate() }
        guard let moment = moment ?? nil else { return "" }
        return query.isOldestFirst
            ? " AND \(time) >= \(moment) AND (\(time) > \(moment) OR p.id > \(last))"
            : " AND \(time) <= \(moment) AND (\(time) < \(moment) OR p.id > \(last))"
    }

    private static func conditions(_ query: OwnPictureQuery) -> SQLStatement {
        var parts: [SQLStatement] = []
        switch query.state {
        case .ready: parts.append("p.listed = 1")
        case .hidden: parts.append("p.listed = 1 AND p.audience = 0")
        case .waiting: parts.append("p.listed = 0 AND p.status <> 'broken'")
        case .broken: parts.append("p.listed = 0 AND p.status = 'broken'")
        }
        // A sequence is one account's anyhow, and smaller than all that it has sent.
        if let account = query.account, query.sequence == nil { parts.append("p.account_id = \(account)") }
        if let label = query.label { parts.append("p.label_id = \(label)") }
        if let sequence = query.sequence { parts.append("p.sequence_id = \(sequence)") }
        if let from = query.from { parts.append("p.captured_at >= \(from)") }
        if let to = query.to { parts.append("p.captured_at <= \(to)") }
        if let box = query.box {
            let inside = box.parts.map { part -> SQLStatement in
                """
                p.longitude BETWEEN \(part.west) AND \(part.east) AND p.latitude BETWEEN \(part.south) AND \(part.north)
                """
            }
            parts.append("(\(SQLStatement.joined(inside, by: " OR ")))")
        }
        return .joined(parts, by: " AND ")
    }
}
