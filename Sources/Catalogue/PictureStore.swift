import Domain
import Foundation

/// Pictures: what viewers read, and what the pipeline writes.
///
/// "Listed" means prepared and in a sequence. Others see listed pictures of granted labels only; the owner,
/// administrators and managers of the label also find theirs by id before that, with its status.
package struct PictureStore: Sendable {
    let engine: any SQLEngine

    package func find(_ id: PictureID, viewer: Viewer) async throws -> Picture? {
        try await engine.read { connection in
            try connection.first(
                "SELECT \(PictureRow.columns) FROM pictures p WHERE p.id = \(id) AND \(Sight(viewer).sees(named: "p"))"
            ) { try PictureRow.picture(&$0) }
        }
    }

    /// The picture with its listed neighbours in the sequence, and those of other sequences close by.
    package func item(_ id: PictureID, viewer: Viewer) async throws -> PictureItem? {
        let sight = Sight(viewer)
        return try await engine.read { connection in
            let item = try connection.first(
                """
                SELECT \(PictureItemRow.columns) FROM pictures p \(PictureItemRow.joins(sight))
                WHERE p.id = \(id) AND \(sight.sees(named: "p"))
                """
            ) { try PictureItemRow.item(&$0) }
            guard var item else { return nil }
            item.related = try RelatedPictures(picture: item.picture, sight: sight).read(connection)
            return try PictureItemRow.withMeaning([item], sight, connection).first
        }
    }

    /// A page of a sequence by rank: listed pictures after `afterRank`; 0 starts.
    package func items(
        of sequence: SequenceID, afterRank: Int, limit: Int, viewer: Viewer
    ) async throws -> [PictureItem] {
        let sight = Sight(viewer)
        return try await engine.read { connection in
            let items = try connection.rows(
                """
                SELECT \(PictureItemRow.ownColumns) FROM pictures p \(PictureItemRow.people)
                WHERE \(sight.sees(listed: "p")) AND p.sequence_id = \(sequence) AND p.rank > \(afterRank)
                ORDER BY p.rank LIMIT \(limit)
                """
            ) { try PictureItemRow.alone(&$0) }
            return try PictureItemRow.withMeaning(
                PictureItemRow.chained(items, sight, connection), sight, connection)
        }
    }

    /// Listed pictures in the order of the query; keyset `after`.
    package func search(_ query: PictureQuery, viewer: Viewer) async throws -> [PictureItem] {
        try await page(query, viewer: viewer).items
    }

    /// The same with the place of each in the order. Throws `.invalid` for a filter or an order that cannot be used.
    package func page(_ query: PictureQuery, viewer: Viewer) async throws -> PicturePage {
        let sight = Sight(viewer)
        let search = try PictureSearch(query: query, sight: sight)
        let ordering = search.ordering
        return try await engine.read { connection in
            let rows = try connection.rows(
                """
                WITH chosen (id\(ordering.names)) AS (\(try search.statement(connection)))
                SELECT \(PictureItemRow.columns)\(ordering.chosenNames) FROM chosen c CROSS JOIN pictures p ON p.id = c.id
                \(PictureItemRow.joins(sight))
                """
            ) { row in
                let item = try PictureItemRow.item(&row)
                return (item, PictureQuery.Position(values: ordering.values(&row), id: item.picture.id))
            }
            .sorted { ordering.precedes($0.1, $1.1) }
            return PicturePage(
                items: try PictureItemRow.withMeaning(rows.map(\.0), sight, connection), positions: rows.map(\.1))
        }
    }

    /// Listed pictures of a label, the newest capture first.
    package func newest(of label: CameraLabelID, limit: Int, viewer: Viewer) async throws -> [Picture] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(PictureRow.columns) FROM pictures p
                WHERE p.label_id = \(label) AND \(Sight(viewer).sees(listed: "p"))
                ORDER BY p.captured_at DESC, p.id LIMIT \(limit)
                """
            ) { try PictureRow.picture(&$0) }
        }
    }

    /// What is needed to send one of its files: nil when the viewer may not see it or there is no such file.
    package func file(_ id: PictureID, kind: Derivative.Kind, viewer: Viewer) async throws -> PictureFile? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT p.revision, p.updated_at, p.original_name, p.derivatives FROM pictures p
                WHERE p.id = \(id) AND p.status = 'prepared' AND \(Sight(viewer).sees(named: "p"))
                """
            ) { row in
                let (revision, updatedAt, name) = (row.int(), row.date(), row.text())
                return try DerivativeList.find(kind, in: row.text()).map { derivative in
                    PictureFile(
                        pictureID: id, revision: revision, derivative: derivative, updatedAt: updatedAt,
                        originalName: name)
                }
            } ?? nil
        }
    }

    /// Number of listed pictures that the viewer sees.
    package func count(viewer: Viewer) async throws -> Int {
        try await engine.read { try Self.count(Sight(viewer), $0) }
    }

    /// Added up from sequences, which are few beside pictures.
    static func count(_ sight: Sight, _ connection: any SQLConnection) throws -> Int {
        Int(
            try connection.number(
                """
                SELECT COALESCE(SUM(f.pictures), 0) FROM sequence_figures f CROSS JOIN sequences s
                WHERE s.id = f.sequence_id AND f.audience = \(sight.level(of: "s"))
                """))
    }
}
