import Domain
import Foundation

/// Takes near-duplicates out of a batch, inside the transaction that cuts it.
///
/// One goes only when the picture that is kept instead of it is prepared: of a file whose tags could be read the rest may
/// be damaged, and then the duplicate is all there is. Until that is known the duplicate is in no sequence, and its own
/// preparation waits.
struct DuplicateRemoval {
    let set: UploadSetID
    let moment: Date
    let connection: any SQLConnection

    /// Seconds that a duplicate's preparation waits at most, for what is kept instead of it.
    private static let patience: TimeInterval = 3600

    /// Removes those that can go; gives the others.
    func remove(_ duplicates: [PictureID: Rejection]) throws -> [PictureID] {
        var (gone, undecided): ([PictureID], [PictureID]) = ([], [])
        for (id, rejection) in duplicates where try isThere(id) {
            guard try isKept(rejection) else {
                undecided.append(id)
                continue
            }
            try PictureStore.record(rejection, on: id, connection)
            gone.append(id)
        }
        for part in gone.parts(of: 500) {
            let ids = SQLStatement.list(part.map { .id($0) })
            try PictureErasure.hide(where: "id IN \(ids) AND upload_set_id = \(set)", at: moment, connection)
        }
        try hold(undecided)
        return undecided
    }

    private func isThere(_ id: PictureID) throws -> Bool {
        try connection.exists(
            "SELECT 1 FROM pictures WHERE id = \(id) AND upload_set_id = \(set) AND erased_at IS NULL")
    }

    /// Whether the picture that it is a duplicate of is there for good.
    private func isKept(_ rejection: Rejection) throws -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM pictures WHERE id = \(rejection.details["duplicate_of"]) AND upload_set_id = \(set)
                AND status = 'prepared' AND erased_at IS NULL
            """)
    }

    /// Lets the preparation of these wait; of those that waited and are no duplicates any more, it may begin.
    private func hold(_ undecided: [PictureID]) throws {
        let isFresh: SQLStatement = "step = 'develop' AND worker IS NULL AND attempts = 0"
        if try connection.exists("SELECT 1 FROM upload_sets WHERE id = \(set) AND is_undecided = 1") {
            try connection.execute(
                """
                UPDATE jobs SET due_at = \(moment) WHERE \(isFresh) AND due_at > \(moment)
                    AND subject IN (SELECT id FROM pictures WHERE upload_set_id = \(set))
                """)
        }
        for part in undecided.parts(of: 500) {
            try connection.execute(
                """
                UPDATE jobs SET due_at = \(moment.addingTimeInterval(Self.patience))
                WHERE \(isFresh) AND subject IN \(SQLStatement.list(part.map { .id($0) }))
                """)
        }
    }
}
