import Domain
import Foundation

/// Annotations and detections, inside somebody else's transaction.
enum AnnotationTable {
    /// One text for one shape: a ring that begins elsewhere is another shape, as Panoramax has it.
    static func text(of shape: Polygon) throws -> String { try JSONText.encode(shape) }

    /// The annotations of pictures, oldest first.
    static func annotations(
        of pictures: [PictureID], _ connection: any SQLConnection
    ) throws -> [PictureID: [Annotation]] {
        var found: [Annotation] = []
        for part in pictures.parts(of: 500) {
            found += try rows(where: "picture_id IN \(SQLStatement.list(part.map { .id($0) }))", connection)
        }
        return Dictionary(grouping: found, by: \.pictureID)
    }

    static func annotation(_ id: AnnotationID, _ connection: any SQLConnection) throws -> Annotation? {
        try rows(where: "id = \(id)", connection).first
    }

    /// `condition` is on columns of `annotations`.
    private static func rows(
        where condition: SQLStatement, _ connection: any SQLConnection
    ) throws -> [Annotation] {
        let bare = try connection.rows(
            "SELECT id, picture_id, shape FROM annotations WHERE \(condition) ORDER BY created_at, id"
        ) { Annotation(id: $0.id(), pictureID: $0.id(), shape: try $0.json()) }
        guard !bare.isEmpty else { return [] }
        let ids = bare.map(\.id)
        let tags = try TagTable.tags("annotation_tags", "annotation_id", of: ids, connection)
        let findings = try findings(of: ids, connection)
        return bare.map { annotation in
            var whole = annotation
            whole.tags = tags[annotation.id] ?? []
            whole.findings = findings[annotation.id] ?? []
            return whole
        }
    }

    private static func findings(
        of ids: [AnnotationID], _ connection: any SQLConnection
    ) throws -> [AnnotationID: [Annotation.Finding]] {
        var findings: [AnnotationID: [Annotation.Finding]] = [:]
        for part in ids.parts(of: 500) {
            try connection.each(
                """
                SELECT annotation_id, class, score, model FROM detections
                WHERE annotation_id IN \(SQLStatement.list(part.map { .id($0) }))
                ORDER BY annotation_id, model, class
                """
            ) { row in
                let id = row.id(AnnotationID.self)
                findings[id, default: []].append(
                    Annotation.Finding(className: row.text(), score: row.double(), model: row.text()))
            }
        }
        return findings
    }

    /// The annotation of a shape, made when there is none. Throws `.conflict` when `id` is somebody else's.
    static func find(
        _ shape: Polygon, on picture: PictureID, id: AnnotationID? = nil, at moment: Date,
        _ connection: any SQLConnection
    ) throws -> AnnotationID {
        let text = try text(of: shape)
        let known = try connection.first(
            "SELECT id FROM annotations WHERE picture_id = \(picture) AND shape = \(text)"
        ) { $0.id(AnnotationID.self) }
        if let known { return known }
        if let id, try connection.exists("SELECT 1 FROM annotations WHERE id = \(id)") {
            throw Failure(.conflict, "There is already an annotation with this id.")
        }
        let id = id ?? AnnotationID()
        try connection.execute(
            """
            INSERT INTO annotations (id, picture_id, shape, created_at)
            VALUES (\(id), \(picture), \(text), \(moment))
            """)
        return id
    }

    static func note(
        _ outcome: ModelFindings.Outcome, of picture: PictureID, at moment: Date, _ connection: any SQLConnection
    ) throws {
        switch outcome {
        case .whole(let findings): try replace(findings, of: picture, at: moment, connection)
        case .more(let findings): try add(findings, to: picture, at: moment, connection)
        }
    }

    /// Puts what models found on a picture in the place of what the same models had found before; a region that keeps
    /// its shape keeps its id.
    static func replace(
        _ findings: [ModelFindings], of picture: PictureID, at moment: Date, _ connection: any SQLConnection
    ) throws {
        for found in findings {
            try connection.execute("DELETE FROM detections WHERE picture_id = \(picture) AND model = \(found.model)")
            try connection.execute(
                "DELETE FROM detection_failures WHERE picture_id = \(picture) AND model = \(found.model)")
        }
        try add(findings, to: picture, at: moment, connection)
        try forgetMeaningless(on: picture, connection)
    }

    private static func add(
        _ findings: [ModelFindings], to picture: PictureID, at moment: Date, _ connection: any SQLConnection
    ) throws {
        for found in findings {
            for detection in found.detections {
                let annotation = try find(detection.shape, on: picture, at: moment, connection)
                try connection.execute(
                    """
                    INSERT INTO detections (annotation_id, picture_id, model, class, score)
                    VALUES (\(annotation), \(picture), \(found.model), \(detection.className), \(detection.score))
                    ON CONFLICT DO NOTHING
                    """)
            }
        }
    }

    /// Puts all of a picture where they are once its frame is another.
    static func move(_ picture: PictureID, by map: PlaneMap, _ connection: any SQLConnection) throws {
        for annotation in try annotations(of: [picture], connection)[picture] ?? [] {
            let text = try text(of: map(annotation.shape))
            try connection.execute("UPDATE annotations SET shape = \(text) WHERE id = \(annotation.id)")
        }
    }

    /// An annotation of which nothing is said goes.
    static func forgetMeaningless(on picture: PictureID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            DELETE FROM annotations WHERE picture_id = \(picture)
                AND NOT EXISTS (SELECT 1 FROM annotation_tags t WHERE t.annotation_id = annotations.id)
                AND NOT EXISTS (SELECT 1 FROM detections d WHERE d.annotation_id = annotations.id)
            """)
    }
}
