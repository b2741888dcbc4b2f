import Domain
import Foundation

/// What the pipeline writes. Each is one transaction that also ends the job; when the job's lease has been lost, it
/// throws `.conflict` and changes nothing.
extension PictureStore {
    /// What a job needs to know of its picture, erased or not; nil when it is gone.
    package func treatment(_ id: PictureID) async throws -> PictureTreatment? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT \(LabelStore.columns), p.staged_name, \(RawTable.columns), \(GivenPlaceTable.columns), \(PictureRow.columns)
                FROM pictures p JOIN camera_labels l ON l.id = p.label_id
                    LEFT JOIN raw_files r ON r.picture_id = p.id
                    LEFT JOIN given_places g ON g.picture_id = p.id
                WHERE p.id = \(id)
                """
            ) { row in
                let label = try LabelStore.label(&row)
                let stagedName = row.optionalText()
                let raw = RawTable.raw(&row), given = GivenPlaceTable.place(&row)
                return PictureTreatment(
                    picture: try PictureRow.picture(&row), label: label, stagedName: stagedName, raw: raw, given: given)
            }
        }
    }

    /// Tags known: status `preparing`, queues `develop`, and `dispatch` if it was the last of a completed set. A picture
    /// taken where nothing may be shown is `rejected` instead: that rejection is what is given back.
    @discardableResult
    package func inspected(_ id: PictureID, tags: PictureTags, ending job: Job) async throws -> Rejection? {
        let moment = Date.now
        let assignments = try PictureRow.assignments(tags)
        return try await engine.write { connection in
            try JobTable.end(job, connection)
            let known = try Self.known(id, connection)
            // In this transaction: an area that is added next to it finds the picture, or is found by it.
            if let rejection = try AreaCheck.rejection(of: tags.position, account: known.account, connection) {
                try Self.refuse(id, rejection, known, at: moment, connection)
                return rejection
            }
            try connection.execute(
                """
                UPDATE pictures SET status = 'preparing', listed = 0, \(assignments), heading = \(tags.heading),
                    heading_computed = 0, updated_at = \(moment)
                WHERE id = \(id)
                """)
            try HeldPictureStore.letGo(id, connection)
            try JobTable.queue(.develop(id), at: moment, connection)
            try UploadSetLife.dispatchIfReady(known.set, at: moment, connection)
            return nil
        }
    }

    /// Prepared: derivatives, redactions, revision, what models found, and what is stored of its original and its raw
    /// file; forgets the staged files' names. Queues `detect` for each of the operator's `models` that are to be asked about it.
    package func developed(
        _ id: PictureID, tags: PictureTags, redactions: [Redaction], findings: [ModelFindings] = [],
        derivatives: [Derivative], revision: Int, original: StoredOriginal? = nil, raw: RawFate? = nil,
        asking models: [String] = [], frame: PictureFrame? = nil, ending job: Job
    ) async throws {
        let moment = Date.now
        let assignments = try PictureRow.assignments(tags)
        let redactionList = try JSONText.encode(redactions)
        let derivativeList = try DerivativeList.encode(derivatives)
        try await engine.write { connection in
            try JobTable.end(job, connection)
            let known = try Self.known(id, connection)
            // Once dispatched, the heading is what dispatch made of it.
            let heading: SQLStatement = known.sequence == nil ? ", heading = \(tags.heading)" : ""
            try connection.execute(
                """
                UPDATE pictures SET status = 'prepared', broken_reason = NULL, staged_name = NULL,
                    listed = CASE WHEN sequence_id IS NULL THEN 0 ELSE 1 END, \(assignments),
                    redactions = \(redactionList), derivatives = \(derivativeList), revision = \(revision),
                    updated_at = \(moment)\(heading)
                WHERE id = \(id)
                """)
            if let original { try OriginalStore.insert(original, of: id, connection) }
            if let raw { try RawTable.settle(raw, of: id, connection) }
            try RawTable.queueWaiting(id, at: moment, connection)
            try ProcessingStore.note(.init(frame: frame), of: id, connection)
            try AnnotationTable.replace(findings, of: id, at: moment, connection)
            for model in models { try JobTable.queue(.detect(id, model: model), at: moment, connection) }
            try UploadSetLife.dispatchUnlessQueued(known.set, at: moment, connection)
            guard let sequence = known.sequence, let rank = known.rank else { return }
            if known.isListed {
                try SequenceFigures.refresh(sequence, at: moment, connection)
            } else {
                try SequenceFigures.add(
                    tags, rank: rank, audience: known.audience, to: sequence, at: moment, connection)
            }
        }
    }

    /// Removes the picture, records the rejection on its file, queues `dispatch` if it was the last of a completed set.
    package func rejected(_ id: PictureID, _ rejection: Rejection, ending job: Job) async throws {
        let moment = Date.now
        try await engine.write { connection in
            try JobTable.end(job, connection)
            try Self.refuse(id, rejection, try Self.known(id, connection), at: moment, connection)
        }
    }

    private static func refuse(
        _ id: PictureID, _ rejection: Rejection, _ known: Known, at moment: Date, _ connection: any SQLConnection
    ) throws {
        if try RawTable.fallBack(id, rejection, at: moment, connection) { return }
        try record(rejection, on: id, connection)
        for step in [Job.Step.inspect(id), .develop(id)] { try JobTable.remove(step, connection) }
        try connection.execute("DELETE FROM pictures WHERE id = \(id)")
        if let sequence = known.sequence {
            try SequenceFigures.refreshOrDelete(sequence, at: moment, connection)
        }
        try UploadSetLife.dispatchIfReady(known.set, at: moment, connection)
    }

    /// Given up on: status `broken` with its reason; the staged file stays. Queues `dispatch` if it was the last of a
    /// completed set.
    package func broken(_ id: PictureID, reason: String, ending job: Job) async throws {
        let moment = Date.now
        try await engine.write { connection in
            try JobTable.end(job, connection)
            let known = try Self.known(id, connection)
            try connection.execute(
                """
                UPDATE pictures SET status = 'broken', listed = 0, broken_reason = \(reason), updated_at = \(moment)
                WHERE id = \(id)
                """)
            try HeldPictureStore.letGo(id, connection)
            if let sequence = known.sequence {
                if known.isListed { try SequenceFigures.refresh(sequence, at: moment, connection) }
                // It may have been the last that was still to come.
                try SequenceLines.refresh(sequence, connection)
            }
            try UploadSetLife.dispatchIfReady(known.set, at: moment, connection)
        }
    }

    /// The files of a hidden picture lie under the revision after `revision` now; when somebody else has made files of
    /// that revision meanwhile, they count.
    package func concealed(_ id: PictureID, from revision: Int, ending job: Job) async throws {
        try await engine.write { connection in
            try JobTable.end(job, connection)
            try connection.execute(
                """
                UPDATE pictures SET revision = \(revision + 1)
                WHERE id = \(id) AND revision = \(revision) AND erased_at IS NULL
                """)
        }
    }

    /// The row of an erased picture goes for good, and with the last of them those of their deleted upload set and
    /// account. The receipt knows of it in the same transaction.
    package func erased(_ id: PictureID, ending job: Job) async throws {
        let moment = Date.now
        try await engine.write { connection in
            try JobTable.end(job, connection)
            let set = try connection.first(
                "SELECT upload_set_id FROM pictures WHERE id = \(id) AND erased_at IS NOT NULL"
            ) { $0.id(UploadSetID.self) }
            guard let set else { return }
            try connection.execute("DELETE FROM pictures WHERE id = \(id)")
            try UploadSetStore.forgetIfEmpty(set, connection)
            try ErasureRequest.gone(id, at: moment, connection)
        }
    }

    /// Staged names that some picture or unfinished upload still needs, of those given (for the janitor).
    package func stagedNames(among names: [String]) async throws -> Set<String> {
        try await engine.read { connection in
            var needed: Set<String> = []
            for part in names.parts(of: 500) {
                let chosen: SQLStatement = "staged_name IN \(SQLStatement.list(part.map { .text($0) }))"
                for statement: SQLStatement in [
                    "SELECT staged_name FROM pictures WHERE staged_name IS NOT NULL AND \(chosen)",
                    "SELECT staged_name FROM partial_uploads WHERE \(chosen)",
                    "SELECT staged_name FROM raw_files WHERE \(chosen)",
                    "SELECT jpeg_staged_name FROM raw_files WHERE jpeg_\(chosen)",
                ] { needed.formUnion(try connection.rows(statement) { $0.text() }) }
            }
            return needed
        }
    }

    /// Which of these pictures exist (still, or until it is too late to take them back) with this revision (for the janitor of the store).
    package func existing(_ ids: [PictureID]) async throws -> [PictureID: Int] {
        try await engine.read { connection in
            var revisions: [PictureID: Int] = [:]
            for part in ids.parts(of: 500) {
                try connection.each(
                    """
                    SELECT id, revision FROM pictures
                    WHERE id IN \(SQLStatement.list(part.map { .id($0) })) AND \(RemovalTable.keeps("pictures"))
                    """
                ) { row in
                    let id = row.id(PictureID.self)
                    revisions[id] = row.int()
                }
            }
            return revisions
        }
    }

    /// The picture's files say why they are none; or only the one with these bytes does.
    static func record(
        _ rejection: Rejection, on id: PictureID, file sha256: String? = nil, _ connection: any SQLConnection
    ) throws {
        let chosen: SQLStatement = sha256.map { " AND sha256 = \($0)" } ?? ""
        try connection.execute(
            """
            UPDATE upload_files SET picture_id = NULL, rejection_reason = \(rejection.reason.rawValue),
                rejection_message = \(rejection.message), rejection_details = \(try JSONText.encode(rejection.details))
            WHERE picture_id = \(id) AND rejection_reason IS NULL\(chosen)
            """)
    }
}
