import Domain

/// The columns of a sequence, read in one order.
enum SequenceRow {
    static let columns: SQLStatement = """
        s.id, s.account_id, s.label_id, s.upload_set_id, s.title, s.visibility, s.sort_method, s.created_at, \
        s.updated_at
        """

    static func sequence(_ row: inout SQLRowReader) throws -> PictureSequence {
        PictureSequence(
            id: row.id(), accountID: row.id(), labelID: row.id(), uploadSetID: row.id(), title: row.text(),
            visibility: try row.word(), sortMethod: try row.word(), createdAt: row.date(), updatedAt: row.date())
    }
}
