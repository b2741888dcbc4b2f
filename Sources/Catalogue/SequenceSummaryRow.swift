import Domain
import Foundation

/// The columns of a sequence with its figures.
enum SequenceSummaryRow {
    static let columns: SQLStatement = """
        \(SequenceRow.columns), a.name, l.name, \(AudienceRule.isHidden(sequence: "s")), f.pictures, f.west, f.south, f.east, f.north, f.captured_from, \
        f.captured_to, f.length, f.type, f.make, f.model
        """

    /// Producer and label.
    static let joins: SQLStatement =
        "JOIN accounts a ON a.id = s.account_id JOIN camera_labels l ON l.id = s.label_id"

    /// Whether the box around the sequence `f` touches `box`.
    static func touches(_ box: BoundingBox) -> SQLStatement {
        let parts = box.parts.map { part -> SQLStatement in
            """
            (f.west <= \(part.east) AND f.east >= \(part.west) AND f.south <= \(part.north) AND f.north >= \(part.south))
            """
        }
        return "(\(SQLStatement.joined(parts, by: " OR ")))"
    }

    static func summary(_ row: inout SQLRowReader) throws -> SequenceSummary {
        let sequence = try SequenceRow.sequence(&row)
        let (producer, label, isHidden) = (row.text(), row.text(), row.bool())
        guard let pictures = row.optionalInt() else {
            return SequenceSummary(
                sequence: sequence, producer: producer, label: label, isHidden: isHidden, pictures: 0, box: nil,
                capturedFrom: nil, capturedTo: nil, length: 0, type: nil, model: nil)
        }
        let box = BoundingBox(west: row.double(), south: row.double(), east: row.double(), north: row.double())
        let (from, to, length) = (row.date(), row.date(), row.double())
        let (type, make, model) = (try row.optionalWord(PictureType.self), row.optionalText(), row.optionalText())
        // One model means one make too: equal model names of two makers are two cameras.
        return SequenceSummary(
            sequence: sequence, producer: producer, label: label, isHidden: isHidden, pictures: pictures, box: box,
            capturedFrom: from, capturedTo: to, length: length, type: type, model: make == nil ? nil : model)
    }

    /// The sequences with what was said of them.
    static func withMeaning(
        _ summaries: [SequenceSummary], _ connection: any SQLConnection
    ) throws -> [SequenceSummary] {
        let tags = try TagTable.tags("sequence_tags", "sequence_id", of: summaries.map(\.sequence.id), connection)
        return summaries.map { summary in
            var whole = summary
            whole.semantics = tags[summary.sequence.id] ?? []
            return whole
        }
    }
}
