import Domain
import Foundation

/// Raw files of pictures, and what is done with them after their pictures were made.
package struct RawStore: Sendable {
    let engine: any SQLEngine

    /// What is left of a raw file.
    package enum State: String, Sendable {
        /// Its picture is still being worked on.
        case waiting
        case kept, sealed
        /// It was let go: nothing is left of it.
        case discarded
    }

    /// What is left of these pictures' raw files, for the owner and administrators; the others have none.
    package func states(
        of ids: [PictureID], viewer: Viewer, at moment: Date = .now
    ) async throws -> [PictureID: State] {
        try await engine.read { connection in
            var states: [PictureID: State] = [:]
            for part in ids.parts(of: 500) {
                try connection.each(
                    """
                    SELECT p.id, CASE WHEN w.kind IS NOT NULL THEN w.kind
                        WHEN p.status <> 'prepared' OR r.staged_name IS NOT NULL THEN 'waiting'
                        ELSE 'discarded' END
                    FROM raw_files r JOIN pictures p ON p.id = r.picture_id
                        LEFT JOIN raw_originals w ON w.picture_id = p.id
                            AND (w.expires_at IS NULL OR w.expires_at > \(moment))
                    WHERE p.id IN \(SQLStatement.list(part.map { .id($0) })) AND \(Sight(viewer).owns("p"))
                    """
                ) { row in
                    let id = row.id(PictureID.self)
                    states[id] = try row.word()
                }
            }
            return states
        }
    }

    /// The raw file of a prepared picture is stored, or nothing is left of it. Ends the job; throws `.conflict`, and
    /// changes nothing, when its lease has been lost.
    package func settled(_ id: PictureID, _ fate: RawFate, ending job: Job) async throws {
        let moment = Date.now
        try await engine.write { connection in
            try JobTable.end(job, connection)
            try RawTable.settle(fate, of: id, connection)
            try connection.execute("UPDATE pictures SET updated_at = \(moment) WHERE id = \(id)")
            try RawTable.queueWaiting(id, at: moment, connection)
        }
    }

    /// A picture that was made from its raw file is made from its JPEG now: in sight all the while, under a new revision.
    ///
    /// - Parameters:
    ///   - order: what people have said of the picture, all of which shows now.
    ///   - leftover: why the raw file is not there beside its JPEG, when it is not.
    /// - Returns: why the JPEG is not taken, when it shows a place where nothing may be shown: the picture stays as it is.
    package func replaced(
        _ id: PictureID, by development: RawReplacement, order: RedactionOrder, leftover: Rejection?, ending job: Job
    ) async throws -> Rejection? {
        let moment = Date.now
        let assignments = try PictureRow.assignments(development.tags)
        let redactions = try JSONText.encode(development.redactions)
        let derivatives = try DerivativeList.encode(development.derivatives)
        return try await engine.write { connection in
            try JobTable.end(job, connection)
            let known = try PictureStore.known(id, connection)
            let place = development.tags.position
            if let rejection = try AreaCheck.rejection(of: place, account: known.account, connection) {
                try Self.refuseJPEG(of: id, rejection, connection)
                return rejection
            }
            let staged = try connection.first(
                "SELECT staged_name FROM pictures WHERE id = \(id) AND staged_name IS NOT NULL"
            ) { $0.text() }
            if let staged { try UnwantedFiles.note(staged, connection) }
            let heading: SQLStatement = known.sequence == nil ? ", heading = \(development.tags.heading)" : ""
            try connection.execute(
                """
                UPDATE pictures SET status = 'prepared', broken_reason = NULL, staged_name = NULL,
                    listed = CASE WHEN sequence_id IS NULL THEN 0 ELSE 1 END, \(assignments), redactions = \(redactions), derivatives = \(derivatives),
                    revision = \(development.revision), updated_at = \(moment)\(heading)
                WHERE id = \(id)
                """)
            try connection.execute("UPDATE raw_files SET jpeg_staged_name = NULL WHERE picture_id = \(id)")
            if let original = development.original { try OriginalStore.insert(original, of: id, connection) }
            try ProcessingStore.note(.init(frame: development.frame), of: id, connection)
            if let leftover { try RawTable.discard(id, leftover, connection) }
            for correction in order.corrections {
                try connection.execute(
                    """
                    UPDATE corrections SET region = \(try correction.region.map(JSONText.encode)),
                        wrong = \(try correction.wrong.map(JSONText.encode))
                    WHERE id = \(correction.id)
                    """)
            }
            try connection.execute(
                """
                UPDATE corrections SET applied_revision = \(development.revision)
                WHERE id IN \(SQLStatement.list(order.corrections.map { .id($0.id) })) AND applied_revision IS NULL
                """)
            try AnnotationTable.replace(development.findings, of: id, at: moment, connection)
            for model in development.models {
                try JobTable.queue(.detect(id, model: model), at: moment, connection)
            }
            try connection.execute("DELETE FROM redaction_runs WHERE picture_id = \(id)")
            try RawTable.queueWaiting(id, at: moment, connection)
            if let sequence = known.sequence { try SequenceFigures.refresh(sequence, at: moment, connection) }
            return nil
        }
    }

    /// The JPEG that came for a picture made from its raw file is none: its file says why, the picture stays as it is.
    package func refusedJPEG(of id: PictureID, _ rejection: Rejection, ending job: Job) async throws {
        try await engine.write { connection in
            try JobTable.end(job, connection)
            try Self.refuseJPEG(of: id, rejection, connection)
        }
    }

    private static func refuseJPEG(
        of id: PictureID, _ rejection: Rejection, _ connection: any SQLConnection
    ) throws {
        let sha256 = try connection.first("SELECT original_sha256 FROM pictures WHERE id = \(id)") { $0.text() }
        guard let sha256, try !RawTable.isSource(id, connection) else { return }
        try PictureStore.record(rejection, on: id, file: sha256, connection)
        try connection.execute("UPDATE raw_files SET jpeg_staged_name = NULL WHERE picture_id = \(id)")
        try RawTable.makeSource(id, connection)
    }
}
