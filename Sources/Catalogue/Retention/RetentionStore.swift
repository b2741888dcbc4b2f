import Domain
import Foundation

/// What is kept for how long. For administrators and the server itself only.
package struct RetentionStore: Sendable {
    let engine: any SQLEngine

    /// Pictures looked at in one transaction, and let go of in one.
    private static let (look, batch) = (1000, 100)

    /// Of one label, or of all; in the order of labels' names.
    package func rules(of label: CameraLabelID? = nil) async throws -> [RetentionRule] {
        try await engine.read { connection in
            let condition: SQLStatement = label.map { "r.label_id = \($0)" } ?? "1 = 1"
            return try connection.rows(
                """
                SELECT r.label_id, r.class, r.days, r.bytes FROM retention_rules r
                JOIN camera_labels l ON l.id = r.label_id WHERE \(condition) ORDER BY l.name_key, r.class
                """
            ) { row in
                let (label, what): (CameraLabelID, RetentionRule.Class) = (row.id(), try row.word())
                let (days, bytes) = (row.optionalInt(), row.optionalInt())
                return try RetentionRule(labelID: label, what: what, days: days, bytes: bytes.map(Int64.init))
            }
        }
    }

    /// Replaces all rules of a label, and writes that to the audit log. Throws `.notFound`.
    package func set(
        _ rules: [RetentionRule], of label: CameraLabelID, by viewer: Viewer, at moment: Date
    ) async throws {
        try await engine.write { connection in
            guard try connection.exists("SELECT 1 FROM camera_labels WHERE id = \(label)") else {
                throw Failure.notFound("camera label")
            }
            try connection.execute("DELETE FROM retention_rules WHERE label_id = \(label)")
            var details: [String: String] = [:]
            for rule in rules where rule.labelID == label {
                try connection.execute(
                    """
                    INSERT INTO retention_rules (label_id, class, days, bytes)
                    VALUES (\(label), \(rule.what.rawValue), \(rule.days), \(rule.bytes.map { Int($0) }))
                    """)
                let parts = [rule.days.map { "\($0) days" }, rule.bytes.map { "\($0) bytes" }]
                details[rule.what.rawValue] = parts.compactMap(\.self).joined(separator: ", ")
            }
            try AuditStore.insert(
                "label.retention-changed", by: viewer, subject: label.string, details: details, at: moment, connection)
        }
    }

    /// What a rule lets go of now, in force or only thought of; changes nothing. Reads in short transactions.
    package func plan(_ rule: RetentionRule, at moment: Date) async throws -> RetentionPlan {
        guard let cut = try await cut(rule, at: moment) else {
            return RetentionPlan(rule: rule, cut: nil, count: 0, bytes: 0, owed: 0, from: nil, to: nil)
        }
        var (count, owed, bytes, from, to) = (0, 0, Int64(0), Date?.none, Date?.none)
        try await each(rule, .oldestFirst, at: moment) { row in
            guard !Self.isAfter(row.point, cut) else { return false }
            if row.isOwed {
                owed += 1
            } else {
                (count, bytes, from, to) = (count + 1, bytes + row.size, from ?? row.point.at, row.point.at)
            }
            return true
        }
        return RetentionPlan(rule: rule, cut: cut, count: count, bytes: bytes, owed: owed, from: from, to: to)
    }

    /// Lets go of a part of what a plan says, in one transaction; audited.
    ///
    /// - Parameter point: where the part before has ended.
    /// - Returns: how many went, and where this part has ended; nil when nothing is left.
    package func letGo(
        _ plan: RetentionPlan, after point: RetentionPoint?, at moment: Date
    ) async throws -> (count: Int, end: RetentionPoint?) {
        guard let cut = plan.cut else { return (0, nil) }
        let rule = plan.rule
        return try await engine.write { connection in
            // As it is now: what a route came to owe in between stays.
            let rows = try RetentionRow.page(
                rule, .oldestFirst, beyond: point, limit: Self.batch, at: moment, connection)
            let due = rows.filter { !Self.isAfter($0.point, cut) }
            let gone = due.filter { !$0.isOwed }
            if !gone.isEmpty {
                try Self.remove(gone.map(\.point.id), rule.what, at: moment, connection)
                let details = [
                    "class": rule.what.rawValue, "count": "\(gone.count)",
                    "bytes": "\(gone.reduce(0) { $0 + $1.size })",
                ]
                try AuditStore.insert(
                    "retention.applied", by: .system, subject: rule.labelID.string, details: details, at: moment,
                    connection)
            }
            let isLast = due.count < rows.count || rows.count < Self.batch
            return (gone.count, isLast ? nil : due.last?.point)
        }
    }

    private static func remove(
        _ ids: [PictureID], _ what: RetentionRule.Class, at moment: Date, _ connection: any SQLConnection
    ) throws {
        let list = SQLStatement.list(ids.map { .id($0) })
        switch what {
        // Their bytes go within seconds, by the janitor.
        case .original:
            try connection.execute("UPDATE originals SET expires_at = \(moment) WHERE picture_id IN \(list)")
        case .raw:
            try connection.execute("UPDATE raw_originals SET expires_at = \(moment) WHERE picture_id IN \(list)")
        case .picture: try PictureErasure.erase(where: "id IN \(list)", at: moment, connection)
        }
    }

    /// The newest that has to go: by age, or since what is newer fills the size already.
    private func cut(_ rule: RetentionRule, at moment: Date) async throws -> RetentionPoint? {
        let end = rule.days.map { moment.addingTimeInterval(-86_400 * Double($0)) } ?? .distantPast
        let room = rule.bytes ?? .max
        var (kept, cut) = (Int64(0), RetentionPoint?.none)
        try await each(rule, .newestFirst, at: moment) { row in
            let (sum, isTooMuch) = kept.addingReportingOverflow(row.size)
            guard row.point.at >= end, !isTooMuch, sum <= room else {
                cut = row.point
                return false
            }
            kept = sum
            return true
        }
        return cut
    }

    /// Calls `body` for each in order, until it says false.
    private func each(
        _ rule: RetentionRule, _ order: RetentionRow.Order, at moment: Date, _ body: (RetentionRow) -> Bool
    ) async throws {
        var last: RetentionPoint?
        while true {
            let rows = try await engine.read { [last] connection in
                try RetentionRow.page(rule, order, beyond: last, limit: Self.look, at: moment, connection)
            }
            for row in rows { guard body(row) else { return } }
            guard rows.count == Self.look else { return }
            last = rows.last?.point
        }
    }

    private static func isAfter(_ point: RetentionPoint, _ cut: RetentionPoint) -> Bool {
        point.at == cut.at ? point.id.string > cut.id.string : point.at > cut.at
    }
}
