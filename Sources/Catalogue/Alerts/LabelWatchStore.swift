import Domain
import Foundation

/// What is expected of camera labels.
package struct LabelWatchStore: Sendable {
    let engine: any SQLEngine

    /// - Throws: `.notFound` when there is no such label.
    package func find(_ label: CameraLabelID) async throws -> LabelWatch {
        try await engine.read { connection in
            guard try connection.exists("SELECT 1 FROM camera_labels WHERE id = \(label)") else {
                throw Failure.notFound("camera label")
            }
            return try connection.first("SELECT \(Self.columns) FROM label_watches w WHERE w.label_id = \(label)") {
                try Self.watch(&$0)
            } ?? .none
        }
    }

    /// Sets what is expected, and writes it to the audit log. Throws `.notFound`.
    package func set(_ watch: LabelWatch, of label: CameraLabelID, by viewer: Viewer, at moment: Date) async throws {
        try await engine.write { connection in
            guard try connection.exists("SELECT 1 FROM camera_labels WHERE id = \(label)") else {
                throw Failure.notFound("camera label")
            }
            try connection.execute("DELETE FROM label_watches WHERE label_id = \(label)")
            if !watch.isOff {
                try connection.execute(
                    """
                    INSERT INTO label_watches (label_id, rhythm, grace, positions_missing, since)
                    VALUES (\(label), \(watch.rhythm.map { Int($0) }), \(Int(watch.grace)), \(watch.positionsMissing),
                        \(watch.since))
                    """)
            }
            var details = ["grace": "\(Int(watch.grace))"]
            details["rhythm"] = watch.rhythm.map { "\(Int($0))" }
            details["positions"] = watch.positionsMissing.map { "\($0)" }
            try AuditStore.insert(
                "label.watch-changed", by: viewer, subject: label.string, details: details, at: moment, connection)
        }
    }

    /// All labels that something is expected of, by name, with what has come from them.
    package func watched(at moment: Date) async throws -> [WatchedLabel] {
        try await engine.read { connection in
            let counts = try Self.counts(since: moment.addingTimeInterval(-LabelWatch.span), connection)
            return try connection.rows(
                """
                SELECT l.id, l.name, r.arrived_at, \(Self.columns)
                FROM label_watches w JOIN camera_labels l ON l.id = w.label_id
                LEFT JOIN label_arrivals r ON r.label_id = w.label_id ORDER BY l.name_key
                """
            ) { row in
                let (id, name, arrival) = (row.id(CameraLabelID.self), row.text(), row.optionalDate())
                let count = counts[id] ?? (0, 0)
                return WatchedLabel(
                    id: id, name: name, watch: try Self.watch(&row), lastArrival: arrival, files: count.files,
                    withoutPosition: count.without)
            }
        }
    }

    private typealias Count = (files: Int, without: Int)

    /// Files whose tags were read, and those of them that were refused, or wait, for want of a position.
    private static func counts(
        since moment: Date, _ connection: any SQLConnection
    ) throws -> [CameraLabelID: Count] {
        guard try connection.exists("SELECT 1 FROM label_watches WHERE positions_missing IS NOT NULL") else {
            return [:]
        }
        var counts: [CameraLabelID: Count] = [:]
        try connection.each(
            """
            SELECT s.label_id, COUNT(*), SUM(CASE WHEN f.rejection_reason IS NULL AND h.picture_id IS NULL THEN 0 ELSE 1 END)
            FROM upload_files f JOIN upload_sets s ON s.id = f.upload_set_id
            LEFT JOIN pictures p ON p.id = f.picture_id
            LEFT JOIN held_pictures h ON h.picture_id = f.picture_id AND h.lacks_place = 1
                AND f.rejection_reason IS NULL
            WHERE f.received_at > \(moment) AND (
                (f.rejection_reason IS NULL AND (p.captured_at IS NOT NULL OR h.picture_id IS NOT NULL))
                OR (f.rejection_reason = 'invalid_metadata' AND f.rejection_details LIKE '%"missing_fields":"%lat%"%'))
            GROUP BY s.label_id
            """
        ) { row in
            let label = row.id(CameraLabelID.self)
            counts[label] = (row.int(), row.int())
        }
        return counts
    }

    private static let columns: SQLStatement = "w.rhythm, w.grace, w.positions_missing, w.since"

    private static func watch(_ row: inout SQLRowReader) throws -> LabelWatch {
        let (rhythm, grace, share, since) = (row.optionalInt(), row.int(), row.optionalInt(), row.date())
        return try LabelWatch(
            rhythm: rhythm.map { TimeInterval($0) }, grace: TimeInterval(grace), positionsMissing: share, since: since)
    }
}
