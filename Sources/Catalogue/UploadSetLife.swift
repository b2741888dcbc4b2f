import Domain
import Foundation

/// How a batch goes from open to completed to dispatched, inside the transaction that moves it.
enum UploadSetLife {
    /// Completes the set when as many files as its sender announced are known, refused ones included.
    static func completeIfCounted(_ id: UploadSetID, at moment: Date, _ connection: any SQLConnection) throws {
        let changed = try connection.execute(
            """
            UPDATE upload_sets SET completed_at = \(moment)
            WHERE id = \(id) AND completed_at IS NULL AND files >= estimated_files
            """)
        guard changed == 1 else { return }
        try dispatchIfReady(id, at: moment, connection)
    }

    /// A completed set takes files again: it is cut anew when they are all there.
    static func reopen(_ id: UploadSetID, _ connection: any SQLConnection) throws {
        let changed = try connection.execute(
            """
            UPDATE upload_sets SET completed_at = NULL, dispatched_at = NULL
            WHERE id = \(id) AND (completed_at IS NOT NULL OR dispatched_at IS NOT NULL)
            """)
        // A worker that is cutting it has not seen the new file.
        if changed == 1 { try JobTable.remove(.dispatch(id), connection) }
    }

    /// Queues `dispatch` once the set is completed and the tags of all its pictures are read, given up on or held; and once
    /// more when every picture of its sequences is prepared or given up on, if near-duplicates of them wait for that.
    static func dispatchIfReady(_ id: UploadSetID, at moment: Date, _ connection: any SQLConnection) throws {
        let isReady = try connection.exists(
            """
            SELECT 1 FROM upload_sets
            WHERE id = \(id) AND completed_at IS NOT NULL AND erased_at IS NULL
                AND (dispatched_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM pictures
                    WHERE upload_set_id = \(id) AND sequence_id IS NULL AND status = 'waiting' AND erased_at IS NULL
                        AND id NOT IN (SELECT h.picture_id FROM held_pictures h WHERE h.upload_set_id = \(id)))
                OR dispatched_at IS NOT NULL AND is_undecided = 1 AND NOT EXISTS (
                    SELECT 1 FROM sequences s JOIN pictures p ON p.upload_set_id = \(id) AND p.sequence_id = s.id
                    WHERE s.upload_set_id = \(id) AND p.status IN ('waiting', 'preparing') AND p.erased_at IS NULL))
            """)
        if isReady { try JobTable.queue(.dispatch(id), at: moment, connection) }
    }

    /// After something that decides whether a batch can be cut, but not how: one that is being cut is left to its worker.
    /// Else each of a thousand pictures that are prepared meanwhile would throw away what the worker has done.
    static func dispatchUnlessQueued(_ id: UploadSetID, at moment: Date, _ connection: any SQLConnection) throws {
        guard try !JobTable.has(.dispatch(id), connection) else { return }
        try dispatchIfReady(id, at: moment, connection)
    }
}
