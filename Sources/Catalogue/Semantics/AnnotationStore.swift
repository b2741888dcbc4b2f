import Domain
import Foundation

/// Regions of pictures with their meaning. Seen by who sees the picture; whether somebody may change them is decided
/// before it comes to this.
package struct AnnotationStore: Sendable {
    let engine: any SQLEngine

    package func find(_ id: AnnotationID, viewer: Viewer) async throws -> Annotation? {
        try await engine.read { connection in
            let isSeen = try connection.exists(
                """
                SELECT 1 FROM annotations a JOIN pictures p ON p.id = a.picture_id
                WHERE a.id = \(id) AND \(Sight(viewer).sees(named: "p"))
                """)
            return isSeen ? try AnnotationTable.annotation(id, connection) : nil
        }
    }

    /// Oldest first; none when the viewer does not see the picture.
    package func list(of picture: PictureID, viewer: Viewer) async throws -> [Annotation] {
        try await engine.read { connection in
            let isSeen = try connection.exists(
                "SELECT 1 FROM pictures p WHERE p.id = \(picture) AND \(Sight(viewer).sees(named: "p"))")
            return isSeen ? try AnnotationTable.annotations(of: [picture], connection)[picture] ?? [] : []
        }
    }

    /// Adds tags to the annotation of this shape, which is made when there is none.
    ///
    /// - Parameter id: of the annotation, if it is made; throws `.conflict` when it is taken.
    /// - Throws: `.invalid` for a pair that is there already, and when there would be no tag at all.
    package func add(
        _ shape: Polygon, to picture: PictureID, id: AnnotationID? = nil, tags: [SemanticTag], by viewer: Viewer
    ) async throws -> Annotation {
        let moment = Date.now
        return try await engine.write { connection in
            try SemanticStore.touch(.picture(picture), at: moment, connection)
            let id = try AnnotationTable.find(shape, on: picture, id: id, at: moment, connection)
            try Self.apply(tags.map { SemanticChange(.add, $0) }, to: id, by: viewer, at: moment, connection)
            guard let annotation = try AnnotationTable.annotation(id, connection), !annotation.semantics.isEmpty else {
                throw Failure(.invalid, "An annotation has at least one tag.")
            }
            return annotation
        }
    }

    /// Carries out the changes in order, all or none; nil when nothing is said of the region any more, and it is gone.
    ///
    /// Throws as `SemanticStore.edit`.
    package func edit(
        _ id: AnnotationID, _ changes: [SemanticChange], by viewer: Viewer
    ) async throws -> Annotation? {
        let moment = Date.now
        return try await engine.write { connection in
            let picture = try Self.apply(changes, to: id, by: viewer, at: moment, connection)
            try SemanticStore.touch(.picture(picture), at: moment, connection)
            try AnnotationTable.forgetMeaningless(on: picture, connection)
            return try AnnotationTable.annotation(id, connection)
        }
    }

    /// Deletes it with what people and models said of it. Throws `.notFound` when it is gone.
    package func delete(_ id: AnnotationID, by viewer: Viewer) async throws {
        let moment = Date.now
        try await engine.write { connection in
            guard let annotation = try AnnotationTable.annotation(id, connection) else {
                throw Failure.notFound("annotation")
            }
            try SemanticStore.touch(.picture(annotation.pictureID), at: moment, connection)
            try connection.execute("DELETE FROM annotations WHERE id = \(id)")
            try TagHistory.record(
                annotation.semantics.map { SemanticChange(.delete, $0) }, of: .annotation(id),
                on: annotation.pictureID, by: viewer, at: moment, connection)
        }
    }

    /// The picture that the annotation is on.
    @discardableResult
    private static func apply(
        _ changes: [SemanticChange], to id: AnnotationID, by viewer: Viewer, at moment: Date,
        _ connection: any SQLConnection
    ) throws -> PictureID {
        guard let annotation = try AnnotationTable.annotation(id, connection) else {
            throw Failure.notFound("annotation")
        }
        let table = TagTable(.annotation(id))
        for change in changes {
            switch change.action {
            case .add:
                guard !annotation.findings.contains(where: { $0.semantics.contains(change.tag) }) else {
                    throw TagTable.duplicate(change.tag)
                }
                try table.add(change.tag, connection)
            case .delete:
                guard try table.delete(change.tag, connection) || withdraw(change.tag, from: annotation, connection)
                else { throw TagTable.missing(change.tag) }
            }
        }
        try SemanticVolume.check(.annotation(id), connection)
        try TagHistory.record(
            changes, of: .annotation(id), on: annotation.pictureID, by: viewer, at: moment, connection)
        return annotation.pictureID
    }

    /// Who deletes what a finding says denies the finding as a whole.
    private static func withdraw(
        _ tag: SemanticTag, from annotation: Annotation, _ connection: any SQLConnection
    ) throws -> Bool {
        var count = 0
        for finding in annotation.findings where finding.semantics.contains(tag) {
            count += try connection.execute(
                """
                DELETE FROM detections
                WHERE annotation_id = \(annotation.id) AND model = \(finding.model) AND class = \(finding.className)
                """)
        }
        return count > 0
    }
}
