import Domain
import Foundation

/// The columns of a correction, written and read in one order.
enum CorrectionRow {
    static let columns: SQLStatement = """
        c.id, c.picture_id, c.region, c.wrong, c.account_id, c.created_at, c.applied_revision
        """

    static func correction(_ row: inout SQLRowReader) throws -> Correction {
        let (id, picture) = (row.id(CorrectionID.self), row.id(PictureID.self))
        let region: Polygon? = try row.optionalJSON(), wrong: Redaction? = try row.optionalJSON()
        guard let change = region.map(Correction.Change.region) ?? wrong.map(Correction.Change.wrong) else {
            throw Failure(.internalError, "The catalogue holds a correction that says nothing.")
        }
        return Correction(
            id: id, pictureID: picture, change: change, accountID: row.optionalID(), createdAt: row.date(),
            appliedRevision: row.optionalInt())
    }

    static func insert(_ correction: Correction, _ connection: any SQLConnection) throws {
        let region = try correction.region.map { try JSONText.encode($0) }
        let wrong = try correction.wrong.map { try JSONText.encode($0) }
        try connection.execute(
            """
            INSERT INTO corrections (id, picture_id, region, wrong, account_id, created_at, applied_revision)
            VALUES (\(correction.id), \(correction.pictureID), \(region), \(wrong), \(correction.accountID),
                \(correction.createdAt), \(correction.appliedRevision))
            """)
    }

    /// Its place, once the picture's frame is another.
    static func replace(_ correction: Correction, _ connection: any SQLConnection) throws {
        let region = try correction.region.map { try JSONText.encode($0) }
        let wrong = try correction.wrong.map { try JSONText.encode($0) }
        try connection.execute(
            "UPDATE corrections SET region = \(region), wrong = \(wrong) WHERE id = \(correction.id)")
    }

    static func list(of picture: PictureID, _ connection: any SQLConnection) throws -> [Correction] {
        try connection.rows(
            "SELECT \(columns) FROM corrections c WHERE c.picture_id = \(picture) ORDER BY c.created_at, c.id"
        ) { try correction(&$0) }
    }
}
