import Domain
import Foundation

/// Accounts as others know them. Somebody is known to who sees a sequence of theirs, to themselves and to administrators;
/// to everybody else they do not exist.
package struct PeopleStore: Sendable {
    let engine: any SQLEngine

    package func find(_ id: AccountID, viewer: Viewer) async throws -> Person? {
        let statement: SQLStatement = "\(Self.select(Sight(viewer), where: "a.id = \(id)")) LIMIT 1"
        return try await engine.read { try $0.first(statement) { Self.person(&$0) } }
    }

    /// By name; keyset `after`, the last person of the page before.
    ///
    /// - Parameter text: what the name holds, compared without case; nil for everybody.
    package func list(
        named text: String? = nil, after last: Person? = nil, limit: Int, viewer: Viewer
    ) async throws -> [Person] {
        var condition: SQLStatement = "1 = 1"
        if let text { condition += " AND a.name_key LIKE \(Self.pattern(text)) ESCAPE '\\'" }
        if let last { condition += " AND a.name_key > \(NameKey.of(last.name))" }
        let statement: SQLStatement = """
            \(Self.select(Sight(viewer), where: condition)) ORDER BY a.name_key LIMIT \(limit)
            """
        return try await engine.read { try $0.rows(statement) { Self.person(&$0) } }
    }

    /// What the account's uploads are visible to when they do not say; nil when it has not chosen.
    package func defaultVisibility(of id: AccountID) async throws -> Visibility? {
        try await engine.read { connection in
            try connection.first("SELECT default_visibility FROM accounts WHERE id = \(id)") {
                try $0.optionalWord(Visibility.self)
            } ?? nil
        }
    }

    package func setDefaultVisibility(_ visibility: Visibility?, of id: AccountID) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE accounts SET default_visibility = \(visibility?.rawValue)
                WHERE id = \(id) AND erased_at IS NULL
                """)
            guard count == 1 else { throw Failure.notFound("account") }
        }
    }

    private static func select(_ sight: Sight, where condition: SQLStatement) -> SQLStatement {
        """
        SELECT a.id, a.name, COUNT(f.sequence_id), COALESCE(SUM(f.pictures), 0), MIN(f.west), MIN(f.south),
            MAX(f.east), MAX(f.north), MIN(f.captured_from), MAX(f.captured_to),
            MIN(CASE WHEN f.sequence_id IS NOT NULL THEN s.created_at END),
            MAX(CASE WHEN f.sequence_id IS NOT NULL THEN s.updated_at END)
        FROM accounts a LEFT JOIN sequences s ON s.account_id = a.id
        LEFT JOIN sequence_figures f ON f.sequence_id = s.id AND f.audience = \(sight.level(of: "s"))
        WHERE a.erased_at IS NULL AND \(condition)
        GROUP BY a.id HAVING COUNT(f.sequence_id) > 0 OR \(sight.isOrManages(account: "a"))
        """
    }

    private static func pattern(_ text: String) -> String {
        var pattern = NameKey.of(text)
        for sign in ["\\", "%", "_"] { pattern = pattern.replacing(sign, with: "\\" + sign) }
        return "%\(pattern)%"
    }

    private static func person(_ row: inout SQLRowReader) -> Person {
        let (id, name) = (row.id(AccountID.self), row.text())
        let (sequences, pictures) = (row.int(), row.int())
        let edges = (row.optionalDouble(), row.optionalDouble(), row.optionalDouble(), row.optionalDouble())
        var box: BoundingBox?
        if case (let west?, let south?, let east?, let north?) = edges {
            box = BoundingBox(west: west, south: south, east: east, north: north)
        }
        return Person(
            id: id, name: name, sequences: sequences, pictures: pictures, box: box,
            capturedFrom: row.optionalDate(), capturedTo: row.optionalDate(), createdAt: row.optionalDate(),
            updatedAt: row.optionalDate())
    }
}
