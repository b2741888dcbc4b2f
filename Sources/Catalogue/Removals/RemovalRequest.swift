import Domain
import Foundation

/// One request to delete something that can be taken back, inside the transaction that takes it out of sight.
///
/// What a report waits about is not kept: somebody asked for it to be hidden, and it is erased at once.
struct RemovalRequest {
    let id: RemovalID
    let kind: Erasure.Kind
    let subject: String
    let viewer: Viewer
    let moment: Date
    /// From when on it cannot be taken back.
    let due: Date

    init<Of>(
        _ kind: Erasure.Kind, _ subject: Identifier<Of>, id: RemovalID = RemovalID(), by viewer: Viewer,
        at moment: Date, until due: Date
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject.string
        self.viewer = viewer
        self.moment = moment
        self.due = due
    }

    /// Takes the pictures that `condition` (on `pictures`) holds for out of sight.
    func carryOut(where condition: SQLStatement, _ connection: any SQLConnection) throws -> Deletion {
        let chosen: SQLStatement = "\(condition) AND erased_at IS NULL"
        let left = try LeftBehind(by: chosen, connection)
        let receipt = try erase(where: "\(chosen) AND \(AudienceRule.isHidden(picture: "pictures"))", connection)
        let count = try hold(where: chosen, connection)
        try left.settle(at: moment, connection)
        return Deletion(removal: count > 0 ? id : nil, receipt: receipt)
    }

    /// What a report waits about.
    private func erase(where condition: SQLStatement, _ connection: any SQLConnection) throws -> ErasureID? {
        guard try connection.exists("SELECT 1 FROM pictures WHERE \(condition)") else { return nil }
        let request = ErasureRequest(kind, subject: subject, for: viewer.accountID, at: moment)
        try request.begin(connection)
        try PictureErasure.hide(where: condition, as: request, at: moment, connection)
        return request.id
    }

    /// The rest; how many there were.
    private func hold(where condition: SQLStatement, _ connection: any SQLConnection) throws -> Int {
        let chosen: SQLStatement = "SELECT id FROM pictures WHERE \(condition)"
        let count = Int(try connection.number("SELECT COUNT(*) FROM (\(chosen))"))
        guard count > 0 else { return 0 }
        try begin(connection)
        try RemovalTable.keepJobs(of: chosen, connection)
        try RemovalTable.keepFiles(of: chosen, connection)
        try connection.execute(
            """
            INSERT INTO removal_pictures (picture_id, removal_id, sequence_id, rank)
            SELECT id, \(id), sequence_id, rank FROM pictures WHERE \(condition)
            """)
        try connection.execute(
            """
            UPDATE pictures SET erased_at = \(moment), listed = 0, sequence_id = NULL, rank = NULL
            WHERE erased_at IS NULL AND id IN (SELECT picture_id FROM removal_pictures WHERE removal_id = \(id))
            """)
        try AuditStore.insert(
            "removal.requested", by: viewer, subject: id.string,
            details: ["kind": kind.rawValue, "pictures": "\(count)"], at: moment, connection)
        return count
    }

    /// One that is carried out in parts is there already.
    private func begin(_ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO removals (id, kind, subject, requested_by, requested_at, due_at)
            VALUES (\(id), \(kind.rawValue), \(subject), \(viewer.accountID), \(moment), \(due))
            ON CONFLICT (id) DO NOTHING
            """)
    }
}
