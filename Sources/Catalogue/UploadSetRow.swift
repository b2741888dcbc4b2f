import Domain
import Foundation

/// The columns of upload sets and their files, read in one order.
enum UploadSetRow {
    static let columns: SQLStatement = """
        u.id, u.account_id, u.label_id, u.title, u.estimated_files, u.rules, u.visibility, u.metadata, u.user_agent, \
        u.lineage, u.holds_unplaced, u.created_at, u.completed_at, u.dispatched_at
        """

    static func set(_ row: inout SQLRowReader) throws -> UploadSet {
        UploadSet(
            id: row.id(), accountID: row.id(), labelID: row.id(), title: row.text(),
            estimatedFiles: row.optionalInt(), rules: try row.json(), visibility: try row.word(),
            metadata: row.optionalText(), userAgent: row.optionalText(), lineage: row.optionalText(),
            holdsUnplaced: row.bool(), createdAt: row.date(), completedAt: row.optionalDate(),
            dispatchedAt: row.optionalDate())
    }

    static let fileColumns: SQLStatement = """
        f.id, f.upload_set_id, f.path, f.size, f.sha256, f.md5, f.received_at, f.picture_id, f.rejection_reason, \
        f.rejection_message, f.rejection_details, \
        \(HeldPictureStore.heldUntil)
        """

    static func file(_ row: inout SQLRowReader) throws -> UploadFile {
        UploadFile(
            id: row.id(), uploadSetID: row.id(), path: row.text(), size: row.int64(), sha256: row.text(),
            md5: row.text(), receivedAt: row.date(), pictureID: row.optionalID(), rejection: try rejection(&row),
            heldUntil: row.optionalDate())
    }

    private static func rejection(_ row: inout SQLRowReader) throws -> Rejection? {
        guard let reason = try row.optionalWord(Rejection.Reason.self) else {
            for _ in 0..<2 { row.skip() }
            return nil
        }
        return Rejection(reason, row.text(), details: try row.json())
    }

    /// Records a file; there is none of this set, path and content.
    static func insert(_ file: UploadFile, _ connection: any SQLConnection) throws {
        let details = try file.rejection.map { try JSONText.encode($0.details) }
        try connection.execute(
            """
            INSERT INTO upload_files
                (id, upload_set_id, path, size, sha256, md5, received_at, picture_id, rejection_reason,
                rejection_message, rejection_details)
            VALUES (\(file.id), \(file.uploadSetID), \(file.path), \(file.size), \(file.sha256), \(file.md5),
                \(file.receivedAt), \(file.pictureID), \(file.rejection?.reason.rawValue),
                \(file.rejection?.message), \(details))
            """)
    }
}
