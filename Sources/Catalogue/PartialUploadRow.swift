import Domain

/// The columns of a file that is received in parts, read in one order.
enum PartialUploadRow {
    static let columns: SQLStatement = """
        w.id, w.account_id, w.label_id, w.upload_set_id, w.name, w.length, w.received, w.sha256, w.picture_id, \
        w.is_duplicate, w.staged_name, w.created_at, w.expires_at
        """

    static func upload(_ row: inout SQLRowReader) -> PartialUpload {
        let id = PartialUploadID(stored: row.text())
        let (account, label, set): (AccountID, CameraLabelID, UploadSetID) = (row.id(), row.id(), row.id())
        let (name, length, received, sha256) = (row.text(), row.int64(), row.int64(), row.optionalText())
        let picture = row.optionalID(PictureID.self)
        let isDuplicate = row.optionalInt().map { $0 != 0 }
        let arrival = isDuplicate.flatMap { isDuplicate in
            picture.map { isDuplicate ? PartialUpload.Arrival.duplicate(of: $0) : .admitted($0) }
        }
        return PartialUpload(
            id: id, accountID: account, labelID: label, uploadSetID: set, name: name, length: length,
            received: received, sha256: sha256, chosenID: arrival == nil ? picture : nil,
            stagedName: row.optionalText(), createdAt: row.date(), expiresAt: row.date(), arrival: arrival)
    }
}
