import Domain
import Foundation

/// What people change. Each throws `.notFound` when there is no such picture.
extension PictureStore {
    /// Carries out the whole edit or nothing of it. An owner-only sequence still hides what is said to be for others.
    ///
    /// - Parameter version: when the picture had changed last, as the editor saw it; nil to change it whatever it is now.
    /// - Throws: `.preconditionFailed` when it has changed since, `.conflict` to correct what is not prepared,
    ///   `.unprocessable` to move it to where no pictures may be shown; and as `SemanticStore.edit`.
    package func edit(
        _ id: PictureID, _ edit: PictureEdit, by viewer: Viewer, ifUpdatedAt version: Date? = nil
    ) async throws {
        let moment = Date.now
        try await engine.write { connection in
            let known = try Self.known(id, connection)
            try Precondition.check(version, "SELECT updated_at FROM pictures WHERE id = \(id)", connection)
            if !edit.tags.isEmpty {
                try SemanticStore.apply(edit.tags, to: .picture(id), by: viewer, at: moment, connection)
            }
            if edit.corrects { try Self.correct(id, edit, known, by: viewer, at: moment, connection) }
            if let visibility = edit.visibility {
                try connection.execute(
                    "UPDATE pictures SET own_visibility = \(visibility.rawValue) WHERE id = \(id)")
                try AudienceRule.apply(where: "id = \(id)", connection)
            }
            try connection.execute("UPDATE pictures SET updated_at = \(moment) WHERE id = \(id)")
            guard edit.corrects || edit.visibility != nil, let sequence = known.sequence else { return }
            try SequenceFigures.refresh(sequence, at: moment, connection)
        }
    }

    /// What is said of this picture alone; an owner-only sequence still hides it.
    package func setVisibility(_ id: PictureID, _ visibility: Visibility) async throws {
        try await edit(id, PictureEdit(visibility: visibility), by: .system)
    }

    private static func correct(
        _ id: PictureID, _ edit: PictureEdit, _ known: Known, by viewer: Viewer, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        let picture = try connection.first("SELECT \(PictureRow.columns) FROM pictures p WHERE p.id = \(id)") {
            try PictureRow.picture(&$0)
        }
        guard known.status == .prepared, let tags = picture?.tags else {
            throw Failure(.conflict, "Only a picture that is prepared can be corrected.")
        }
        let corrected = edit.corrected(tags)
        if edit.position != nil,
            let rejection = try AreaCheck.rejection(of: corrected.position, account: known.account, connection)
        {
            throw Failure(
                .unprocessable, "A picture cannot be moved to a place where no pictures may be shown.",
                details: ["reason": rejection.reason.rawValue])
        }
        try connection.execute("UPDATE pictures SET \(try PictureRow.assignments(corrected)) WHERE id = \(id)")
        if edit.position != nil {
            try connection.execute("DELETE FROM pictures_in_areas WHERE picture_id = \(id)")
            try AudienceRule.apply(where: "id = \(id)", connection)
        }
        if let heading = edit.heading {
            try connection.execute(
                "UPDATE pictures SET heading = \(heading), heading_computed = 0 WHERE id = \(id)")
        }
        try AuditStore.insert(
            "picture.corrected", by: viewer, subject: id.string,
            details: ["what": edit.corrections.joined(separator: ",")], at: moment, connection)
    }

    /// Out of sight at once; queues `erase`. The id of the receipt. `version` as for `edit`.
    @discardableResult
    package func delete(
        _ id: PictureID, by viewer: Viewer = .system, ifUpdatedAt version: Date? = nil
    ) async throws -> ErasureID {
        let moment = Date.now
        return try await engine.write { connection in
            _ = try Self.known(id, connection)
            try Precondition.check(version, "SELECT updated_at FROM pictures WHERE id = \(id)", connection)
            let request = ErasureRequest(.picture, id, by: viewer, at: moment)
            try request.begin(connection)
            try PictureErasure.erase(where: "id = \(id)", as: request, at: moment, connection)
            return request.id
        }
    }

    /// Queues a broken picture again. Throws `.conflict` when it is not broken or its staged file is gone.
    package func retry(_ id: PictureID) async throws {
        let moment = Date.now
        try await engine.write { connection in
            let known = try Self.known(id, connection)
            guard known.status == .broken, known.isStaged || known.isMade else {
                throw Failure(.conflict, "Only a broken picture whose file is still here can be tried again.")
            }
            let status: PreparationStatus = known.hasTags ? .preparing : .waiting
            try connection.execute(
                """
                UPDATE pictures SET status = \(status.rawValue), listed = 0, broken_reason = NULL, updated_at = \(moment)
                WHERE id = \(id)
                """)
            let next: Job.Step = known.isMade ? .redact(id) : known.hasTags ? .develop(id) : .inspect(id)
            try JobTable.queue(next, at: moment, connection)
            // Once its tags are read, the batch is cut again, with it.
            guard status == .waiting else { return }
            try connection.execute("UPDATE upload_sets SET dispatched_at = NULL WHERE id = \(known.set)")
            try JobTable.remove(.dispatch(known.set), connection)
        }
    }

    /// What a transition needs to know of a picture before it moves it.
    struct Known {
        let status: PreparationStatus
        let sequence: SequenceID?
        let rank: Int?
        let audience: Int
        let set: UploadSetID
        let account: AccountID
        let isStaged: Bool
        let hasTags: Bool
        /// It was prepared once: files of it are stored.
        let isMade: Bool

        var isListed: Bool { status == .prepared && sequence != nil }
    }

    static func known(_ id: PictureID, _ connection: any SQLConnection) throws -> Known {
        let known = try connection.first(
            """
            SELECT status, sequence_id, rank, audience, upload_set_id, account_id, staged_name IS NOT NULL,
                captured_at IS NOT NULL, derivatives <> '[]'
            FROM pictures WHERE id = \(id) AND erased_at IS NULL
            """
        ) { row in
            Known(
                status: try row.word(), sequence: row.optionalID(), rank: row.optionalInt(), audience: row.int(),
                set: row.id(), account: row.id(), isStaged: row.bool(), hasTags: row.bool(), isMade: row.bool())
        }
        guard let known else { throw Failure.notFound("picture") }
        return known
    }
}
