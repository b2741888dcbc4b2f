import Domain
import Foundation

/// Which labels show their newest picture to everybody, and which picture that is.
package struct HotlinkStore: Sendable {
    let engine: any SQLEngine

    /// Throws `.notFound` when there is no such label.
    package func find(_ label: CameraLabelID) async throws -> Hotlink {
        try await engine.read { connection in try Self.find(label, connection) }
    }

    /// Changes it as it is now. Audited in the same transaction, in so many words.
    ///
    /// - Returns: as it was before.
    /// - Throws: `.notFound`.
    package func set(
        _ hotlink: Hotlink, of label: CameraLabelID, by viewer: Viewer, at moment: Date
    ) async throws -> Hotlink {
        try await engine.write { connection in
            let before = try Self.find(label, connection)
            guard hotlink != before else { return before }
            try connection.execute(
                """
                INSERT INTO label_hotlinks (label_id, is_enabled, newest_within, updated_at)
                VALUES (\(label), \(hotlink.isEnabled), \(hotlink.newestWithin), \(moment))
                ON CONFLICT (label_id) DO UPDATE SET is_enabled = excluded.is_enabled,
                    newest_within = excluded.newest_within, updated_at = excluded.updated_at
                """)
            let action =
                hotlink.isEnabled == before.isEnabled
                ? "label.hotlink-changed" : hotlink.isEnabled ? "label.hotlink-published" : "label.hotlink-withdrawn"
            var details = ["public": hotlink.isEnabled ? "newest picture, without login" : "nothing"]
            details["newest_within_seconds"] = hotlink.newestWithin.map { "\($0)" }
            try AuditStore.insert(action, by: viewer, subject: label.string, details: details, at: moment, connection)
            return before
        }
    }

    /// What everybody gets at a label's address; nil when there is no such label or it shows nothing to everybody: one
    /// cannot tell which.
    package func shown(byLabel name: String, at moment: Date) async throws -> HotlinkView? {
        return try await engine.read { connection in
            try connection.first(
                """
                SELECT l.id, h.newest_within, p.id, p.revision, p.captured_at
                FROM camera_labels l JOIN label_hotlinks h ON h.label_id = l.id AND h.is_enabled = 1
                LEFT JOIN pictures p ON p.id = \(NewestPicture.id(of: "l.id", at: moment))
                WHERE l.name_key = \(NameKey.of(name))
                """
            ) { row in
                let label = row.id(CameraLabelID.self), span = row.optionalInt()
                guard let picture = row.optionalID(PictureID.self) else {
                    return HotlinkView(labelID: label, picture: nil)
                }
                let revision = row.int(), captured = row.date()
                let isOld = span.map { moment.timeIntervalSince(captured) > Double($0) } ?? false
                return HotlinkView(labelID: label, picture: isOld ? nil : .init(id: picture, revision: revision))
            }
        }
    }

    private static func find(_ label: CameraLabelID, _ connection: any SQLConnection) throws -> Hotlink {
        let known = try connection.first(
            """
            SELECT COALESCE(h.is_enabled, 0), h.newest_within
            FROM camera_labels l LEFT JOIN label_hotlinks h ON h.label_id = l.id WHERE l.id = \(label)
            """
        ) { row in
            let isEnabled = row.bool()
            return try Hotlink(isEnabled: isEnabled, newestWithin: row.optionalInt())
        }
        guard let known else { throw Failure.notFound("camera label") }
        return known
    }
}

/// What is to be shown at a hotlink.
package struct HotlinkView: Hashable, Sendable {
    package struct Shown: Hashable, Sendable {
        package let id: PictureID
        package let revision: Int
    }

    package let labelID: CameraLabelID
    /// Nil: none that is new enough, or that everybody may see.
    package let picture: Shown?
}
