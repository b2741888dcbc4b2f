import Domain
import Foundation

/// Which upload sets take what comes through the inbox.
package struct InboxStore: Sendable {
    let engine: any SQLEngine

    /// Where files of one kind go together.
    package struct Place: Hashable, Sendable {
        package let label: CameraLabelID
        package let account: AccountID
        /// The first folder below the label's; empty for what lies in the label's itself.
        package let folder: String
        /// `2026-06-01`, in UTC.
        package let day: String

        package init(label: CameraLabelID, account: AccountID, folder: String, day: String) {
            self.label = label
            self.account = account
            self.folder = folder
            self.day = day
        }
    }

    /// The set of this place: the one that is there, else `new`, which is made in the same transaction. Notes that a file
    /// comes, so that the set is not completed under it.
    package func set(for place: Place, orMaking new: UploadSet, at moment: Date) async throws -> UploadSet {
        try await engine.write { connection in
            if let known = try Self.set(of: place, connection) {
                try connection.execute(
                    """
                    UPDATE inbox_sets SET taken_at = MAX(taken_at, \(moment)), is_quiet = 0
                    WHERE upload_set_id = \(known.id)
                    """)
                return known
            }
            try UploadSetStore.insert(new, connection)
            try connection.execute(
                """
                INSERT INTO inbox_sets (label_id, account_id, folder, day, upload_set_id, taken_at)
                VALUES (\(place.label), \(place.account), \(place.folder), \(place.day), \(new.id), \(moment))
                ON CONFLICT DO UPDATE SET upload_set_id = excluded.upload_set_id, taken_at = excluded.taken_at,
                    is_quiet = 0
                """)
            return new
        }
    }

    /// Completes the sets that nothing has come for since `moment`; how many.
    @discardableResult
    package func complete(quietSince moment: Date, at now: Date) async throws -> Int {
        try await engine.write { connection in
            let quiet = try connection.rows(
                "SELECT upload_set_id FROM inbox_sets WHERE is_quiet = 0 AND taken_at <= \(moment)"
            ) { $0.id(UploadSetID.self) }
            for id in quiet {
                try connection.execute("UPDATE inbox_sets SET is_quiet = 1 WHERE upload_set_id = \(id)")
                let changed = try connection.execute(
                    """
                    UPDATE upload_sets SET completed_at = \(now)
                    WHERE id = \(id) AND completed_at IS NULL AND erased_at IS NULL
                    """)
                if changed == 1 { try UploadSetLife.dispatchIfReady(id, at: now, connection) }
            }
            return quiet.count
        }
    }

    private static func set(of place: Place, _ connection: any SQLConnection) throws -> UploadSet? {
        try connection.first(
            """
            SELECT \(UploadSetRow.columns) FROM inbox_sets i JOIN upload_sets u ON u.id = i.upload_set_id
            WHERE i.label_id = \(place.label) AND i.account_id = \(place.account) AND i.folder = \(place.folder)
                AND i.day = \(place.day) AND u.erased_at IS NULL
            """
        ) { try UploadSetRow.set(&$0) }
    }
}
