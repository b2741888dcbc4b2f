import Domain
import Foundation

/// Reports: what people complain about, and what became of it.
package struct ReportStore: Sendable {
    let engine: any SQLEngine

    package func find(_ id: ReportID, viewer: Viewer) async throws -> Report? {
        try await engine.read { connection in
            try connection.first(
                "SELECT \(ReportRow.columns) FROM reports r WHERE r.id = \(id) AND \(ReportRow.sees(viewer))"
            ) { try ReportRow.report(&$0) }
        }
    }

    /// Newest first. Throws `.invalid` for a filter that cannot be used.
    package func list(_ query: ReportQuery, viewer: Viewer) async throws -> [ReportSummary] {
        let sight = Sight(viewer)
        var statement: SQLStatement = """
            SELECT \(ReportRow.columns), a.name, o.name, l.name,
                (SELECT COUNT(*) FROM report_pictures h WHERE h.report_id = r.id),
                (SELECT p.id FROM report_pictures h JOIN pictures p ON p.id = h.picture_id
                    WHERE h.report_id = r.id AND p.status = 'prepared' AND \(sight.sees(named: "p"))
                    ORDER BY p.rank LIMIT 1)
            FROM reports r JOIN accounts o ON o.id = r.account_id JOIN camera_labels l ON l.id = r.label_id
            LEFT JOIN accounts a ON a.id = r.reporter_id
            WHERE \(Self.isIn(query.scope, viewer))
            """
        if let isOpen = query.isOpen {
            statement += isOpen ? " AND r.status = 'waiting'" : " AND r.status <> 'waiting'"
        }
        if let filter = query.filter { statement += " AND \(try FilterCompiler(.reports).condition(filter))" }
        if let before = query.before {
            let moment = before.createdAt
            statement += " AND r.created_at <= \(moment) AND (r.created_at < \(moment) OR r.id > \(before.id))"
        }
        statement += " ORDER BY r.created_at DESC, r.id LIMIT \(query.limit)"
        return try await engine.read { [statement] connection in
            try connection.rows(statement) { row in
                ReportSummary(
                    report: try ReportRow.report(&row), reporter: row.optionalText(), owner: row.text(),
                    label: row.text(), pictures: row.int(), firstPicture: row.optionalID())
            }
        }
    }

    /// Reports that wait for the viewer to handle them.
    package func openCount(viewer: Viewer) async throws -> Int {
        guard viewer != .guest else { return 0 }
        return try await engine.read { connection in
            Int(
                try connection.number(
                    "SELECT COUNT(*) FROM reports r WHERE r.status = 'waiting' AND \(Sight(viewer).manages("r"))"))
        }
    }

    /// Reports that wait, by upload set; sets without any are left out.
    package func openCounts(of sets: [UploadSetID]) async throws -> [UploadSetID: Int] {
        try await engine.read { connection in
            var counts: [UploadSetID: Int] = [:]
            for part in sets.parts(of: 500) {
                try connection.each(
                    """
                    SELECT r.upload_set_id, COUNT(*) FROM reports r
                    WHERE r.status = 'waiting' AND r.upload_set_id IN \(SQLStatement.list(part.map { .id($0) }))
                    GROUP BY r.upload_set_id
                    """
                ) { row in
                    let id = row.id(UploadSetID.self)
                    counts[id] = row.int()
                }
            }
            return counts
        }
    }

    private static func isIn(_ scope: ReportQuery.Scope, _ viewer: Viewer) -> SQLStatement {
        guard let account = viewer.accountID else { return viewer.seesEverything ? "1 = 1" : "1 = 0" }
        switch scope {
        case .handled: return Sight(viewer).manages("r")
        case .own: return "(r.account_id = \(account) OR r.reporter_id = \(account))"
        case .made: return "r.reporter_id = \(account)"
        }
    }
}
