import Domain
import Foundation

/// What transitions do to raw files, inside their own transaction.
enum RawTable {
    static let columns: SQLStatement = "r.name, r.size, r.sha256, r.staged_name, r.jpeg_staged_name"

    /// Of a row in which all is absent where there is none.
    static func raw(_ row: inout SQLRowReader) -> PictureRaw? {
        guard let name = row.optionalText() else {
            for _ in 0..<4 { row.skip() }
            return nil
        }
        return PictureRaw(
            file: RawFile(name: name, size: row.int64(), sha256: row.text()), stagedName: row.optionalText(),
            jpegStagedName: row.optionalText())
    }

    /// - Parameter stagedName: nil when the picture itself waits with its bytes.
    static func insert(
        _ raw: RawFile, of id: PictureID, stagedName: String?, at moment: Date, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO raw_files (picture_id, name, size, sha256, received_at, staged_name)
            VALUES (\(id), \(raw.name), \(raw.size), \(raw.sha256), \(moment), \(stagedName))
            """)
    }

    /// What became of the raw file once its picture was made: nobody needs its staged bytes any more.
    static func settle(_ fate: RawFate, of id: PictureID, _ connection: any SQLConnection) throws {
        switch fate {
        case .stored(let stored):
            try connection.execute("UPDATE raw_files SET staged_name = NULL WHERE picture_id = \(id)")
            try OriginalStore.insert(stored, as: .raw, of: id, connection)
        case .discarded(let rejection):
            if try isSource(id, connection) { return }
            try discard(id, rejection, connection)
        }
    }

    /// The file says that nothing is left of it.
    static func discard(_ id: PictureID, _ rejection: Rejection, _ connection: any SQLConnection) throws {
        let sha256 = try connection.first("SELECT sha256 FROM raw_files WHERE picture_id = \(id)") { $0.text() }
        guard let sha256 else { return }
        try PictureStore.record(rejection, on: id, file: sha256, connection)
        try connection.execute("DELETE FROM raw_files WHERE picture_id = \(id)")
    }

    /// Whether the picture is made from its raw file, since there is no JPEG.
    static func isSource(_ id: PictureID, _ connection: any SQLConnection) throws -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM raw_files r JOIN pictures p ON p.id = r.picture_id
            WHERE r.picture_id = \(id) AND r.sha256 = p.original_sha256
            """)
    }

    /// Queues what is still to be done for files that came while the picture was worked on.
    static func queueWaiting(_ id: PictureID, at moment: Date, _ connection: any SQLConnection) throws {
        let isWaiting = try connection.exists(
            """
            SELECT 1 FROM raw_files
            WHERE picture_id = \(id) AND (staged_name IS NOT NULL OR jpeg_staged_name IS NOT NULL)
            """)
        if isWaiting { try JobTable.queue(.develop(id), at: moment, connection) }
    }

    /// The JPEG of a picture is refused, and its raw file waits: the picture is made from that. False when there is none.
    static func fallBack(
        _ id: PictureID, _ rejection: Rejection, at moment: Date, _ connection: any SQLConnection
    ) throws -> Bool {
        let hashes = try connection.first(
            """
            SELECT p.original_sha256, r.sha256 FROM raw_files r JOIN pictures p ON p.id = r.picture_id
            WHERE r.picture_id = \(id) AND r.staged_name IS NOT NULL
            """
        ) { ($0.text(), $0.text()) }
        guard let (jpeg, raw) = hashes, jpeg != raw else { return false }
        try PictureStore.record(rejection, on: id, file: jpeg, connection)
        try connection.execute(
            """
            UPDATE pictures SET status = 'waiting', listed = 0, broken_reason = NULL, revision = revision + 1,
                staged_name = (SELECT staged_name FROM raw_files WHERE picture_id = \(id)), updated_at = \(moment)
            WHERE id = \(id)
            """)
        try connection.execute("UPDATE raw_files SET staged_name = NULL WHERE picture_id = \(id)")
        try makeSource(id, connection)
        try JobTable.remove(.develop(id), connection)
        try JobTable.queue(.inspect(id), at: moment, connection)
        return true
    }

    /// The raw file is what the picture is made from, and so what was received.
    static func makeSource(_ id: PictureID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE pictures SET (original_name, original_size, original_sha256)
                = (SELECT name, size, sha256 FROM raw_files WHERE picture_id = \(id))
            WHERE id = \(id)
            """)
    }
}
