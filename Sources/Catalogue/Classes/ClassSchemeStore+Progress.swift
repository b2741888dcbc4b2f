import Domain
import Foundation

extension ClassSchemeStore {
    /// Sequences with pictures that the viewer sees and, as their owner, as an administrator or as a manager of the label, may
    /// tell apart; newest capture first, from `after` on.
    package func progress(
        _ scheme: ClassScheme, after: SequenceQuery.Position? = nil, limit: Int, viewer: Viewer
    ) async throws -> [ClassProgress] {
        let (sight, tags, sort) = (Sight(viewer), ClassTags(scheme: scheme), SequenceSort())
        let beyond: SQLStatement = after.map { "AND \(sort.isAfter($0))" } ?? ""
        return try await engine.read { connection in
            try connection.rows(
                """
                SELECT s.id, s.title, l.name, f.captured_from, f.pictures,
                    (SELECT COUNT(*) FROM pictures p
                    WHERE p.sequence_id = s.id AND \(sight.sees(listed: "p")) AND \(tags.isDone))
                FROM sequence_figures f CROSS JOIN sequences s ON s.id = f.sequence_id
                JOIN camera_labels l ON l.id = s.label_id
                WHERE f.audience = \(sight.level(of: "s")) AND \(sight.manages("s")) AND \(tags.isFor("s")) \(beyond)
                ORDER BY \(sort.clause) LIMIT \(limit)
                """
            ) { row in
                ClassProgress(
                    sequenceID: row.id(), title: row.text(), label: row.text(), capturedFrom: row.date(),
                    pictures: row.int(), done: row.int())
            }
        }
    }

    /// What was said of the pictures of a sequence that the viewer sees, by rank from after `rank` on.
    package func states(
        _ scheme: ClassScheme, of sequence: SequenceID, afterRank rank: Int, limit: Int, viewer: Viewer
    ) async throws -> [ClassState] {
        try await engine.read { connection in
            try Self.states(
                scheme,
                where: """
                    p.sequence_id = \(sequence) AND p.rank > \(rank) AND \(Sight(viewer).sees(listed: "p")) \
                    ORDER BY p.rank LIMIT \(limit)
                    """, connection)
        }
    }

    /// `condition` is on pictures `p`.
    static func states(
        _ scheme: ClassScheme, where condition: SQLStatement, _ connection: any SQLConnection
    ) throws -> [ClassState] {
        let pictures = try connection.rows("SELECT p.id, p.rank FROM pictures p WHERE \(condition)") {
            (id: $0.id(PictureID.self), rank: $0.optionalInt() ?? 0)
        }
        let ids = pictures.map(\.id)
        let said = try TagTable.tags("picture_tags", "picture_id", of: ids, connection)
        let boxes = scheme.subject == .box ? try boxes(scheme, on: ids, connection) : [:]
        return pictures.map { picture in
            let tags = said[picture.id] ?? []
            return ClassState(
                pictureID: picture.id, rank: picture.rank,
                values: scheme.subject == .picture ? scheme.classes(in: tags).map(\.value) : [],
                boxes: boxes[picture.id] ?? 0,
                isMarked: scheme.subject == .box && tags.contains(scheme.mark))
        }
    }

    private static func boxes(
        _ scheme: ClassScheme, on pictures: [PictureID], _ connection: any SQLConnection
    ) throws -> [PictureID: Int] {
        var counts: [PictureID: Int] = [:]
        for part in pictures.parts(of: 500) {
            try connection.each(
                """
                SELECT n.picture_id, COUNT(DISTINCT n.id) FROM annotations n CROSS JOIN annotation_tags t
                WHERE n.picture_id IN \(SQLStatement.list(part.map { .id($0) })) AND t.annotation_id = n.id
                    AND \(ClassTags(scheme: scheme).isClass("t"))
                GROUP BY n.picture_id
                """
            ) { counts[$0.id()] = $0.int() }
        }
        return counts
    }
}
