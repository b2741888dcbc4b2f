import Domain
import Foundation

/// Holds pictures against the areas, inside the transaction that changes either.
struct AreaCheck {
    private let account: AccountID?
    private let rules: AreaRules
    private let connection: any SQLConnection

    /// Reads the areas that pictures of `account` are held against; those of everybody for nil.
    init(of account: AccountID?, _ connection: any SQLConnection) throws {
        self.account = account
        self.connection = connection
        rules = try Self.rules(
            where: account.map { "a.account_id IS NULL OR a.account_id = \($0)" } ?? "1 = 1", connection)
    }

    /// Why a picture of `account` taken at `point` is refused; nil when it is not.
    static func rejection(
        of point: GeoPoint, account: AccountID, _ connection: any SQLConnection
    ) throws -> Rejection? {
        let rules = try rules(
            where: """
                (a.account_id IS NULL OR a.account_id = \(account)) AND \(holds(point))
                """, connection)
        guard rules.excludes(point, of: account) else { return nil }
        return Rejection(.inExcludedArea, "The picture was taken at a place where no pictures may be shown.")
    }

    /// Hides and shows again what the areas of now say, in `box` or, for nil, everywhere.
    func recheck(in box: BoundingBox?) throws -> AreaEffect {
        try recheck(Self.sources(box, account))
    }

    /// As `recheck(in:)`, of these pictures (a list of ids), listed or not.
    @discardableResult
    func recheck(pictures: SQLStatement) throws -> AreaEffect {
        try recheck(["FROM pictures p WHERE p.id IN \(pictures) AND p.morton IS NOT NULL"])
    }

    private func recheck(_ sources: [SQLStatement]) throws -> AreaEffect {
        var changed: [Change] = []
        for source in sources {
            try connection.each(
                """
                SELECT p.id, p.account_id, p.sequence_id, p.longitude, p.latitude,
                    EXISTS (SELECT 1 FROM pictures_in_areas e WHERE e.picture_id = p.id)
                \(source)
                """
            ) { row in
                let (id, owner, sequence) = (
                    row.id(PictureID.self), row.id(AccountID.self), row.optionalID(SequenceID.self)
                )
                let hides = rules.excludes(GeoPoint(longitude: row.double(), latitude: row.double()), of: owner)
                if hides != row.bool() { changed.append(Change(id: id, sequence: sequence, hides: hides)) }
            }
        }
        // One by one: each statement is the same, so that it is prepared once however many there are.
        for change in changed { try Self.mark(change, connection) }
        let sequences = Set(changed.compactMap(\.sequence))
        for id in sequences.sorted() { try SequenceFigures.refresh(id, at: .now, connection) }
        let hidden = changed.count(where: \.hides)
        return AreaEffect(hidden: hidden, shown: changed.count - hidden)
    }

    private struct Change {
        let id: PictureID
        let sequence: SequenceID?
        let hides: Bool
    }

    /// Listed pictures from the place index, then those that are not listed yet from theirs.
    private static func sources(_ box: BoundingBox?, _ account: AccountID?) -> [SQLStatement] {
        // In a box the place leads, however few or many pictures are the account's: a CASE is no search term.
        let whose: SQLStatement = account.map { " AND CASE WHEN p.account_id = \($0) THEN 1 ELSE 0 END = 1" } ?? ""
        let unlisted: SQLStatement = "p.listed = 0 AND p.morton IS NOT NULL AND p.erased_at IS NULL"
        guard let box else {
            return ["FROM pictures p WHERE p.listed = 1\(whose)", "FROM pictures p WHERE \(unlisted)\(whose)"]
        }
        let ranges = PlaceRanges(Morton.ranges(covering: box))
        return [
            "FROM (\(ranges.select)) r CROSS JOIN pictures p WHERE \(PlaceRanges.match)\(whose)",
            """
            FROM (\(ranges.select)) r CROSS JOIN pictures p \
            WHERE \(unlisted) AND p.morton >= r.low AND p.morton < r.high\(whose)
            """,
        ]
    }

    private static func mark(_ change: Change, _ connection: any SQLConnection) throws {
        let id = change.id
        try connection.execute(
            change.hides
                ? "INSERT INTO pictures_in_areas (picture_id) VALUES (\(id))"
                : "DELETE FROM pictures_in_areas WHERE picture_id = \(id)")
        try AudienceRule.apply(where: "id = \(id)", connection)
    }

    /// Areas whose box holds the point, on either side of the antimeridian.
    private static func holds(_ point: GeoPoint) -> SQLStatement {
        """
        a.south <= \(point.latitude) AND a.north >= \(point.latitude) \
        AND (a.west <= \(point.longitude) AND a.east >= \(point.longitude) \
        OR \(point.longitude.magnitude == 180) = 1 AND (a.west = -180 OR a.east = 180))
        """
    }

    private static func rules(where condition: SQLStatement, _ connection: any SQLConnection) throws -> AreaRules {
        let areas = try connection.rows("SELECT \(AreaRow.columns) FROM excluded_areas a WHERE \(condition)") {
            try AreaRow.area(&$0)
        }
        return AreaRules(
            areas, isLimited: try connection.exists("SELECT 1 FROM excluded_areas WHERE kind = 'allowed'"))
    }
}
