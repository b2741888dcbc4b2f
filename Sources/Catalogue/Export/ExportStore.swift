import Domain
import Foundation

/// Reads many pictures to take them elsewhere, with little memory and without a transaction that stays open while a
/// slow client reads.
///
/// Which pictures is decided at one moment, in one read. Each is then read when its turn comes, its visibility with it:
/// what was hidden or deleted since the beginning is left out.
package struct ExportStore: Sendable {
    let engine: any SQLEngine

    /// The listed pictures of `scope` that the viewer sees, sequence by sequence and there by rank.
    ///
    /// - Parameter schemes: only pictures of which something was said in one of them; nil: all.
    /// - Throws: `.tooLarge` when there are more than `limit`.
    package func choose(
        _ scope: ExportScope, saidIn schemes: [ClassScheme]? = nil, limit: Int, viewer: Viewer
    ) async throws -> ChosenPictures {
        let sight = Sight(viewer)
        let listed: SQLStatement = sight.sees(listed: "p")
        let sees = schemes.map { "\(listed) AND \(ClassTags.isDone(in: $0))" as SQLStatement } ?? listed
        return try await engine.read { connection in
            var chosen = ChosenPictures()
            let statement = try Self.statement(scope, sight, sees, limit: limit, connection)
            try connection.each(statement) { chosen.append($0.id()) }
            guard chosen.count <= limit else {
                throw Failure(
                    .tooLarge, "That is more than \(limit) pictures; choose fewer, by time, place, label or sequence.",
                    details: ["limit": "\(limit)"])
            }
            return chosen
        }
    }

    /// The pictures as they are now, in the order of `ids`; those that the viewer does not see any more are left out.
    package func items(_ ids: [PictureID], viewer: Viewer) async throws -> [PictureItem] {
        let sight = Sight(viewer)
        return try await engine.read { connection in
            let items = try connection.rows(
                """
                SELECT \(PictureItemRow.columns) FROM pictures p \(PictureItemRow.joins(sight))
                WHERE p.id IN \(SQLStatement.list(ids.map { .id($0) })) AND \(sight.sees(listed: "p"))
                """
            ) { try PictureItemRow.item(&$0) }
            // What is exported is passed on: no address of a raw file is in it.
            let whole = try PictureItemRow.withMeaning(items, nil, connection)
            let found = Dictionary(whole.map { ($0.picture.id, $0) }, uniquingKeysWith: { $1 })
            return ids.compactMap { found[$0] }
        }
    }

    /// The sequence, when the viewer sees pictures of it.
    package func sequence(_ id: SequenceID, viewer: Viewer) async throws -> SequenceSummary? {
        let found = try await SequenceStore(engine: engine).find(id, viewer: viewer)
        return (found?.pictures ?? 0) > 0 ? found : nil
    }

    private static func statement(
        _ scope: ExportScope, _ sight: Sight, _ sees: SQLStatement, limit: Int, _ connection: any SQLConnection
    ) throws -> SQLStatement {
        // The index of sequences has them in this order: nothing is sorted where all of a catalogue is taken.
        let order: SQLStatement = "ORDER BY p.sequence_id, p.rank LIMIT \(limit + 1)"
        let columns: SQLStatement = "SELECT p.id"
        switch scope {
        case .everything: return "\(columns) FROM pictures p WHERE \(sees) \(order)"
        case .sequence(let id): return "\(columns) FROM pictures p WHERE p.sequence_id = \(id) AND \(sees) \(order)"
        case .label(let id): return "\(columns) FROM pictures p WHERE p.label_id = \(id) AND \(sees) \(order)"
        case .uploadSet(let id):
            return "\(columns) FROM pictures p WHERE p.upload_set_id = \(id) AND \(sees) \(order)"
        case .account(let id): return "\(columns) FROM pictures p WHERE p.account_id = \(id) AND \(sees) \(order)"
        case .search(var query):
            query.limit = limit + 1
            query.order = PictureQuery.usualOrder
            let search = try PictureSearch(query: query, sight: sight).statement(connection)
            return """
                WITH chosen (id) AS (SELECT f.id FROM (\(search)) f)
                \(columns) FROM chosen c CROSS JOIN pictures p ON p.id = c.id WHERE \(sees) \(order)
                """
        }
    }
}
