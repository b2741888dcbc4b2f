import Catalogue
import Domain

/// One page of how far sequences are told apart; the same for the API and for people.
struct ClassProgressPage {
    static let kind = "class progress"

    let rows: [ClassProgress]
    /// What the next page is asked for with.
    let next: String?

    init(
        _ scheme: ClassScheme, page: String?, limit: Int, catalogue: Catalogue, cursor: Cursor, viewer: Viewer
    ) async throws {
        let after = try page.map { try Self.position($0, cursor) }
        let found = try await catalogue.classes.progress(scheme, after: after, limit: limit + 1, viewer: viewer)
        rows = Array(found.prefix(limit))
        next =
            found.count > limit
            ? rows.last.map {
                cursor.seal("\(SQLValue.microseconds($0.capturedFrom))|\($0.sequenceID)", kind: Self.kind)
            } : nil
    }

    private static func position(_ page: String, _ cursor: Cursor) throws -> SequenceQuery.Position {
        let parts = try cursor.open(page, kind: kind).split(separator: "|")
        guard parts.count == 2, let microseconds = Int64(parts[0]) else { throw Cursor.outdated }
        return SequenceQuery.Position(
            moment: SQLValue.date(microseconds: microseconds), id: SequenceID(stored: String(parts[1])))
    }
}
