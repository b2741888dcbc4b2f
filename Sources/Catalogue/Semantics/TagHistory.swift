import Domain
import Foundation

/// Who changed which tags; written in the transaction of the change.
enum TagHistory {
    static func record(
        _ changes: [SemanticChange], of subject: SemanticSubject, on picture: PictureID? = nil, by viewer: Viewer,
        at moment: Date, _ connection: any SQLConnection
    ) throws {
        guard !changes.isEmpty else { return }
        var (set, sequence, picture) = (UploadSetID?.none, SequenceID?.none, picture)
        var annotation: AnnotationID?
        switch subject {
        case .uploadSet(let id): set = id
        case .sequence(let id): sequence = id
        case .picture(let id): picture = id
        case .annotation(let id): annotation = id
        }
        try connection.execute(
            """
            INSERT INTO tag_history
                (upload_set_id, sequence_id, picture_id, annotation_id, account_id, made_at, changes)
            VALUES (\(set), \(sequence), \(picture), \(annotation), \(viewer.accountID), \(moment),
                \(try JSONText.encode(changes)))
            """)
    }

    /// Newest first. A picture's history holds that of its annotations too, the deleted ones included.
    static func edits(
        of subject: SemanticSubject, before: Int64?, limit: Int, _ connection: any SQLConnection
    ) throws -> [SemanticEdit] {
        let whose: SQLStatement =
            switch subject {
            case .uploadSet(let id): "upload_set_id = \(id)"
            case .sequence(let id): "sequence_id = \(id)"
            case .picture(let id): "picture_id = \(id)"
            case .annotation(let id): "annotation_id = \(id)"
            }
        return try connection.rows(
            """
            SELECT id, account_id, made_at, changes, annotation_id FROM tag_history
            WHERE \(whose) AND id < \(before ?? .max) ORDER BY id DESC LIMIT \(limit)
            """
        ) { row in
            SemanticEdit(
                number: row.int64(), accountID: row.optionalID(), madeAt: row.date(), changes: try row.json(),
                annotationID: row.optionalID())
        }
    }
}
