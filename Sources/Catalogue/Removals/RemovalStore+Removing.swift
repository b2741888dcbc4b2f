import Domain
import Foundation

/// Deletes so that it can be taken back until `due`. What a report waits about goes at once, with a receipt, and so does what
/// leaves nothing to take back.
extension RemovalStore {
    /// A picture; as `PictureStore.delete`.
    package func remove(
        _ id: PictureID, until due: Date, by viewer: Viewer, ifUpdatedAt version: Date? = nil, at moment: Date = .now
    ) async throws -> Deletion {
        try await engine.write { connection in
            _ = try PictureStore.known(id, connection)
            try Precondition.check(version, "SELECT updated_at FROM pictures WHERE id = \(id)", connection)
            return try RemovalRequest(.picture, id, by: viewer, at: moment, until: due)
                .carryOut(where: "id = \(id)", connection)
        }
    }

    /// Many pictures, all in one removal; as `BulkStore.delete`.
    package func remove(
        _ ids: [PictureID], until due: Date, by viewer: Viewer, at moment: Date = .now
    ) async throws -> BulkOutcome {
        var outcome = BulkOutcome()
        let removal = RemovalID()
        for part in BulkStore.unique(ids).parts(of: BulkStore.batch) {
            let chosen = Array(part)
            outcome.add(
                try await engine.write { connection in
                    var done = BulkOutcome()
                    let pictures = try BulkStore.editable(chosen, viewer, &done, connection).map(\.id)
                    guard let first = pictures.first else { return done }
                    let request = RemovalRequest(
                        .picture, first, id: removal, by: viewer, at: moment, until: due)
                    done.note(
                        try request.carryOut(
                            where: "id IN \(SQLStatement.list(pictures.map { .id($0) }))", connection))
                    for id in pictures { done.change(id) }
                    return done
                })
        }
        return outcome
    }

    /// A sequence with its pictures; as `SequenceStore.delete`.
    package func remove(
        _ id: SequenceID, until due: Date, by viewer: Viewer, ifUpdatedAt version: Date? = nil, at moment: Date = .now
    ) async throws -> Deletion {
        try await engine.write { connection in
            guard try connection.exists("SELECT 1 FROM sequences WHERE id = \(id) AND is_away = 0") else {
                throw Failure.notFound("sequence")
            }
            try Precondition.check(version, "SELECT updated_at FROM sequences WHERE id = \(id)", connection)
            let request = RemovalRequest(.sequence, id, by: viewer, at: moment, until: due)
            let done = try request.carryOut(where: try SequenceStore.pictures(of: id, connection), connection)
            try connection.execute("UPDATE sequences SET is_away = 1 WHERE id = \(id)")
            if done.removal == nil { try RemovalTable.forgetAway(id, connection) }
            return try done.answered(by: ErasureRequest(.sequence, id, by: viewer, at: moment), connection)
        }
    }

    /// An upload set with all that came in it; as `UploadSetStore.delete`. What has arrived of files in part is given up.
    package func remove(
        _ id: UploadSetID, until due: Date, by viewer: Viewer, at moment: Date = .now
    ) async throws -> Deletion {
        try await engine.write { connection in
            _ = try UploadSetStore.visibility(of: id, connection)
            let request = RemovalRequest(.uploadSet, id, by: viewer, at: moment, until: due)
            try connection.execute("UPDATE upload_sets SET erased_at = \(moment) WHERE id = \(id)")
            try JobTable.remove(.dispatch(id), connection)
            let done = try request.carryOut(where: "upload_set_id = \(id)", connection)
            try connection.execute("UPDATE sequences SET is_away = 1 WHERE upload_set_id = \(id)")
            try UnwantedFiles.note(partials: "upload_set_id = \(id)", erasure: nil, connection)
            try PartialUploadStore.forget("upload_set_id = \(id)", connection)
            let receipt = ErasureRequest(.uploadSet, id, by: viewer, at: moment)
            // Of what was deleted before one by one, the set is still to be there when that is taken back.
            let hasMore = try connection.exists(
                """
                SELECT 1 FROM removal_pictures w JOIN pictures p ON p.id = w.picture_id WHERE p.upload_set_id = \(id)
                """)
            guard !hasMore else { return try done.answered(by: receipt, connection) }
            try receipt.begin(connection)
            try UploadSetStore.delete(id, as: receipt, connection)
            try receipt.finishIfEmpty(connection)
            return Deletion(removal: nil, receipt: done.receipt ?? receipt.id)
        }
    }
}

extension Deletion {
    /// Whoever deletes is told of something: a receipt for nothing, when nothing was there.
    fileprivate func answered(by request: ErasureRequest, _ connection: any SQLConnection) throws -> Deletion {
        guard removal == nil, receipt == nil else { return self }
        try request.begin(connection)
        try request.finishIfEmpty(connection)
        return Deletion(removal: nil, receipt: request.id)
    }
}
