import Domain

/// The columns of a picture with what an item document shows around it.
enum PictureItemRow {
    static let columns: SQLStatement = """
        \(PictureRow.plainColumns), p.exif, a.name, l.name, b.id, b.longitude, b.latitude, n.id, n.longitude, n.latitude
        """

    /// Producer, label, and the neighbours that the viewer may see, around the table `p`.
    static func joins(_ sight: Sight) -> SQLStatement {
        let level = sight.level(of: "p")
        return """
            JOIN accounts a ON a.id = p.account_id JOIN camera_labels l ON l.id = p.label_id \
            LEFT JOIN pictures b ON b.id = (SELECT q.id FROM pictures q WHERE q.listed = 1 \
            AND q.sequence_id = p.sequence_id AND q.rank < p.rank AND q.audience >= \(level) \
            ORDER BY q.rank DESC LIMIT 1) \
            LEFT JOIN pictures n ON n.id = (SELECT q.id FROM pictures q WHERE q.listed = 1 \
            AND q.sequence_id = p.sequence_id AND q.rank > p.rank AND q.audience >= \(level) \
            ORDER BY q.rank LIMIT 1)
            """
    }

    static func item(_ row: inout SQLRowReader) throws -> PictureItem {
        PictureItem(
            picture: try PictureRow.picture(&row), exif: row.optionalText(), producer: row.text(), label: row.text(),
            previous: neighbour(&row), next: neighbour(&row))
    }

    /// The items with what was said of them and of their sequences.
    static func withMeaning(_ items: [PictureItem], _ connection: any SQLConnection) throws -> [PictureItem] {
        guard !items.isEmpty else { return [] }
        let ids = items.map(\.picture.id), sequences = Array(Set(items.compactMap(\.picture.sequenceID)))
        let tags = try TagTable.tags("picture_tags", "picture_id", of: ids, connection)
        let sequenceTags = try TagTable.tags("sequence_tags", "sequence_id", of: sequences, connection)
        let annotations = try AnnotationTable.annotations(of: ids, connection)
        return items.map { item in
            var whole = item
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
