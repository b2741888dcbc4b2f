import Domain
import Foundation

extension BulkStore {
    /// The pictures that the viewer may change, also those that are not shown yet.
    ///
    /// By time an index has them in order. In any other order all that are asked for are read, so they have to be few enough:
    /// throws `.unprocessable` when they are more than `query.mostSorted`.
    package func list(_ query: OwnPictureQuery, viewer: Viewer) async throws -> [OwnPicture] {
        let sight = Sight(viewer)
        let chosen: SQLStatement =
            "\(sight.sees(named: "p")) AND \(sight.edits("p")) AND \(Self.conditions(query))"
        return try await engine.read { connection in
            if query.order.key != .taken { try Self.requireFew(query.mostSorted, chosen, connection) }
            let after = try Self.after(query, connection)
            return try connection.rows(
                """
                SELECT \(PictureRow.plainColumns), l.name, a.name, s.title,
                    p.staged_name IS NOT NULL OR p.derivatives <> '[]'
                FROM pictures p CROSS JOIN camera_labels l ON l.id = p.label_id
                    CROSS JOIN accounts a ON a.id = p.account_id LEFT JOIN sequences s ON s.id = p.sequence_id
                WHERE \(chosen)\(after)
                ORDER BY \(query.order.clause(query.state)) LIMIT \(query.limit)
                """
            ) { row in
                OwnPicture(
                    picture: try PictureRow.picture(&row), label: row.text(), producer: row.text(),
                    sequence: row.optionalText(), mayRetry: row.bool())
            }
        }
    }

    private static func requireFew(
        _ most: Int, _ chosen: SQLStatement, _ connection: any SQLConnection
    ) throws {
        let count = try connection.number(
            "SELECT COUNT(*) FROM (SELECT 1 FROM pictures p WHERE \(chosen) LIMIT \(most + 1))")
        guard count <= most else {
            throw Failure(
                .unprocessable, "So many pictures are sorted by the time they were taken only: filter them first.")
        }
    }

    private static func after(_ query: OwnPictureQuery, _ connection: any SQLConnection) throws -> SQLStatement {
        guard let last = query.after else { return "" }
        let (order, state) = (query.order, query.state)
        let values = try connection.first(
            """
            SELECT \(order.value(state)), \(OwnPictureOrder.time(state))
            FROM pictures p CROSS JOIN camera_labels l ON l.id = p.label_id
            WHERE p.id = \(last) AND \(OwnPictureOrder.time(state)) IS NOT NULL
            """
        ) { row in (value: order.value(&row, state), time: SQLValue.integer(row.int64())) }
        guard let values else { return "" }
        return " AND \(order.isAfter(last, value: values.value, time: values.time, state))"
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
