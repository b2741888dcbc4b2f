import Domain
import Foundation

/// What other stores' transactions need to know of pictures that wait for a place.
extension HeldPictureStore {
    /// Of an upload file `f`: until when it is held; NULL when it is not.
    static let heldUntil: SQLStatement = """
        CASE WHEN f.rejection_reason IS NULL
            THEN (SELECT h.held_until FROM held_pictures h WHERE h.picture_id = f.picture_id) END
        """

    /// - Parameter open: what is left out for who asks, as a further condition on `pictures`.
    static func count(
        of set: UploadSetID, _ open: SQLStatement, _ connection: any SQLConnection
    ) throws -> Int {
        Int(
            try connection.number(
                """
                SELECT COUNT(*) FROM pictures
                WHERE id IN (SELECT h.picture_id FROM held_pictures h WHERE h.upload_set_id = \(set))
                    AND erased_at IS NULL\(open)
                """))
    }

    /// It waits no more.
    static func letGo(_ id: PictureID, _ connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM held_pictures WHERE picture_id = \(id)")
    }

    static func missing(_ row: inout SQLRowReader) -> Set<HeldPicture.Missing> {
        let lacksPlace = row.bool(), lacksTime = row.bool()
        return Set((lacksPlace ? [.place] : []) + (lacksTime ? [.time] : []))
    }

    /// Of one that is being erased nothing may be said any more, and its receipt waits for its row.
    static let isThere: SQLStatement =
        "EXISTS (SELECT 1 FROM pictures p WHERE p.id = h.picture_id AND p.erased_at IS NULL)"

    /// Files say why they are none, pictures go, and what was received of them is noted as unwanted.
    ///
    /// - Parameter condition: on `held_pictures h`.
    static func refuse(
        where condition: SQLStatement, isGivenUp: Bool, at moment: Date, _ connection: any SQLConnection
    ) throws -> Int {
        let held = try connection.rows(
            """
            SELECT h.lacks_place, h.lacks_time, h.picture_id, h.upload_set_id FROM held_pictures h
            WHERE \(isThere) AND \(condition)
            """
        ) { row in (missing: missing(&row), id: row.id(PictureID.self), set: row.id(UploadSetID.self)) }
        for (missing, id, _) in held {
            let files = try connection.rows(
                """
                SELECT staged_name FROM pictures WHERE id = \(id) AND staged_name IS NOT NULL
                UNION SELECT staged_name FROM raw_files WHERE picture_id = \(id) AND staged_name IS NOT NULL
                """
            ) { $0.text() }
            for name in files { try UnwantedFiles.note(name, connection) }
            try PictureStore.record(
                HeldPicture.refusal(of: missing, isGivenUp: isGivenUp), on: id, connection)
            try JobTable.remove(.inspect(id), connection)
            try connection.execute("DELETE FROM pictures WHERE id = \(id)")
        }
        for set in Set(held.map(\.set)) { try UploadSetLife.dispatchIfReady(set, at: moment, connection) }
        return held.count
    }
}
