import Domain
import Foundation

/// What people change. Each throws `.notFound` when there is no such picture.
extension PictureStore {
    /// What is said of this picture alone; an owner-only sequence still hides it.
    package func setVisibility(_ id: PictureID, _ visibility: Visibility) async throws {
        let moment = Date.now
        try await engine.write { connection in
            let known = try Self.known(id, connection)
            try connection.execute(
                """
                UPDATE pictures SET own_visibility = \(visibility.rawValue), updated_at = \(moment) WHERE id = \(id)
                """)
            try AudienceRule.apply(where: "id = \(id)", connection)
            if let sequence = known.sequence { try SequenceFigures.refresh(sequence, at: moment, connection) }
        }
    }

    /// Out of sight at once; queues `erase`. The id of the receipt.
    @discardableResult
    package func delete(_ id: PictureID, by viewer: Viewer = .system) async throws -> ErasureID {
        let moment = Date.now
        return try await engine.write { connection in
            _ = try Self.known(id, connection)
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
