import Domain
import Foundation

/// The camera label that pictures are to go to, inside the transaction that moves them.
struct BulkTarget {
    let label: CameraLabel
    private let originals: OriginalsRule

    /// Throws `.notFound` when there is no such label.
    init(_ id: CameraLabelID, _ connection: any SQLConnection) throws {
        let label = try connection.first("SELECT \(LabelStore.columns) FROM camera_labels l WHERE l.id = \(id)") {
            try LabelStore.label(&$0)
        }
        guard let label else { throw Failure.notFound("camera label") }
        self.label = label
        originals = try OriginalStore.rule(ofLabel: id, connection)
    }

    /// Why the picture cannot go there.
    func reason(
        against picture: Picture, at moment: Date, _ connection: any SQLConnection
    ) throws -> BulkOutcome.Reason? {
        if picture.labelID == label.id { return .sameLabel }
        guard let sequence = picture.sequenceID else { return .noSequence }
        if try SequenceStore.isReported(sequence, connection) { return .reported }
        let isThere = try connection.exists(
            """
            SELECT 1 FROM pictures d WHERE d.original_sha256 = \(picture.originalSHA256)
                AND d.label_id = \(label.id) AND d.erased_at IS NULL
            """)
        if isThere { return .duplicate }
        for table in ["originals", "raw_originals"] as [StaticString] {
            let stored = try connection.first(
                """
                SELECT kind, key_id FROM \(raw: table)
                WHERE picture_id = \(picture.id) AND (expires_at IS NULL OR expires_at > \(moment))
                """
            ) { (kind: try $0.word(StoredOriginal.Kind.self), key: $0.optionalText()) }
            guard OriginalsFit.fits(stored?.kind, key: stored?.key, originals) else { return .originals }
        }
        return nil
    }

    /// Whether the picture's original is here and can be read.
    static func kept(_ picture: PictureID, at moment: Date, _ connection: any SQLConnection) throws -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM originals
            WHERE picture_id = \(picture) AND kind = 'kept' AND (expires_at IS NULL OR expires_at > \(moment))
            """)
    }
}
