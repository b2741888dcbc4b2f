import Domain

/// The columns of an area, written and read in one order.
enum AreaRow {
    static let columns: SQLStatement =
        "a.id, a.account_id, a.label, a.kind, a.is_public, a.created_at, a.coordinates"

    static func area(_ row: inout SQLRowReader) throws -> ExcludedArea {
        let (id, account, label) = (row.id(ExcludedAreaID.self), row.optionalID(AccountID.self), row.text())
        let (kind, isPublic, createdAt) = (try row.word(ExcludedArea.Kind.self), row.bool(), row.date())
        return ExcludedArea(
            id: id, accountID: account, label: label, kind: kind, isPublic: isPublic,
            shape: try GeoShape(coordinates: try row.json()), createdAt: createdAt)
    }

    static func insert(_ area: ExcludedArea, _ connection: any SQLConnection) throws {
        let box = area.shape.box
        try connection.execute(
            """
            INSERT INTO excluded_areas
                (id, account_id, label, kind, is_public, west, south, east, north, coordinates, created_at)
            VALUES (\(area.id), \(area.accountID), \(area.label), \(area.kind.rawValue), \(area.isPublic),
                \(box.west), \(box.south), \(box.east), \(box.north),
                \(try JSONText.encode(area.shape.coordinates)), \(area.createdAt))
            """)
    }
}
