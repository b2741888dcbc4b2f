import Domain

/// The columns of a picture with what an item document shows around it.
enum PictureItemRow {
    static let columns: SQLStatement = "\(ownColumns), b.id, b.longitude, b.latitude, n.id, n.longitude, n.latitude"

    /// Those without the neighbours.
    static let ownColumns: SQLStatement = "\(PictureRow.plainColumns), p.exif, a.name, l.name, \(lineage)"

    private static let lineage: SQLStatement = "(SELECT lineage FROM upload_sets WHERE id = p.upload_set_id)"

    /// Producer and label, around the table `p`.
    static let people: SQLStatement =
        "JOIN accounts a ON a.id = p.account_id JOIN camera_labels l ON l.id = p.label_id"

    /// Producer, label, and the neighbours that the viewer may see, around the table `p`.
    static func joins(_ sight: Sight) -> SQLStatement {
        let level = sight.level(of: "p")
        return """
            \(people) LEFT JOIN pictures b ON b.id = (SELECT q.id FROM pictures q WHERE q.listed = 1 \
            AND q.sequence_id = p.sequence_id AND q.rank < p.rank AND q.audience >= \(level) \
            ORDER BY q.rank DESC LIMIT 1) \
            LEFT JOIN pictures n ON n.id = (SELECT q.id FROM pictures q WHERE q.listed = 1 \
            AND q.sequence_id = p.sequence_id AND q.rank > p.rank AND q.audience >= \(level) \
            ORDER BY q.rank LIMIT 1)
            """
    }

    static func item(_ row: inout SQLRowReader) throws -> PictureItem {
        var item = try alone(&row)
        item.previous = neighbour(&row)
        item.next = neighbour(&row)
        return item
    }

    /// From `ownColumns`.
    static func alone(_ row: inout SQLRowReader) throws -> PictureItem {
        PictureItem(
            picture: try PictureRow.picture(&row), exif: row.optionalText(), producer: row.text(), label: row.text(),
            lineage: row.optionalText())
    }

    /// Pictures that follow each other in a sequence, as the viewer sees it, with their neighbours: only those of the two
    /// ends have to be looked for.
    static func chained(
        _ items: [PictureItem], _ sight: Sight, _ connection: any SQLConnection
    ) throws -> [PictureItem] {
        var items = items
        for index in items.indices.dropFirst() {
            items[index].previous = neighbour(items[index - 1].picture)
            items[index - 1].next = neighbour(items[index].picture)
        }
        guard let first = items.first?.picture, let last = items.last?.picture else { return [] }
        items[0].previous = try end(first, "q.rank < \(first.rank)", "DESC", sight, connection)
        items[items.count - 1].next = try end(last, "q.rank > \(last.rank)", "ASC", sight, connection)
        return items
    }

    private static func neighbour(_ picture: Picture) -> PictureItem.Neighbour? {
        picture.tags.map { PictureItem.Neighbour(id: picture.id, position: $0.position) }
    }

    private static func end(
        _ picture: Picture, _ side: SQLStatement, _ order: StaticString, _ sight: Sight,
        _ connection: any SQLConnection
    ) throws -> PictureItem.Neighbour? {
        try connection.first(
            """
            SELECT q.id, q.longitude, q.latitude FROM pictures q
            WHERE \(sight.sees(listed: "q")) AND q.sequence_id = \(picture.sequenceID) AND \(side)
            ORDER BY q.rank \(raw: order) LIMIT 1
            """
        ) { neighbour(&$0) } ?? nil
    }

    /// The items with what was said of them and of their sequences.
    static func withMeaning(
        _ items: [PictureItem], _ sight: Sight? = nil, _ connection: any SQLConnection
    ) throws -> [PictureItem] {
        guard !items.isEmpty else { return [] }
        let ids = items.map(\.picture.id), sequences = Array(Set(items.compactMap(\.picture.sequenceID)))
        let tags = try TagTable.tags("picture_tags", "picture_id", of: ids, connection)
        let sequenceTags = try TagTable.tags("sequence_tags", "sequence_id", of: sequences, connection)
        let annotations = try AnnotationTable.annotations(of: ids, connection)
        let raws = try sight.map { try OriginalStore.raws(of: ids, $0, connection) } ?? [:]
        return items.map { item in
            var whole = item
            whole.raw = raws[item.picture.id]
            whole.semantics = tags[item.picture.id] ?? []
            whole.annotations = annotations[item.picture.id] ?? []
            whole.sequenceSemantics = item.picture.sequenceID.flatMap { sequenceTags[$0] } ?? []
            return whole
        }
    }

    private static func neighbour(_ row: inout SQLRowReader) -> PictureItem.Neighbour? {
        guard let id = row.optionalID(PictureID.self) else {
            row.skip()
            row.skip()
            return nil
        }
        return PictureItem.Neighbour(id: id, position: GeoPoint(longitude: row.double(), latitude: row.double()))
    }
}
