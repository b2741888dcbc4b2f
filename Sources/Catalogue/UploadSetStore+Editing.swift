import Domain
import Foundation

extension UploadSetStore {
    /// Carries out the whole edit or nothing of it, on the set as it is now, so that two who change different things do
    /// not undo each other's. A changed visibility is passed on to the set's sequences.
    ///
    /// - Throws: `.notFound`; what the edit's rules throw; and as `SemanticStore.edit`.
    package func edit(_ id: UploadSetID, _ edit: UploadSetEdit, by viewer: Viewer) async throws {
        let moment = Date.now
        try await engine.write { connection in
            let known = try connection.first(
                "SELECT \(UploadSetRow.columns) FROM upload_sets u WHERE u.id = \(id) AND u.erased_at IS NULL"
            ) { try UploadSetRow.set(&$0) }
            guard let known else { throw Failure.notFound("upload set") }
            let set = try edit.applied(to: known)
            if !edit.tags.isEmpty {
                try SemanticStore.apply(edit.tags, to: .uploadSet(id), by: viewer, at: moment, connection)
            }
            try connection.execute(
                """
                UPDATE upload_sets SET title = \(set.title), rules = \(try JSONText.encode(set.rules)),
                    visibility = \(set.visibility.rawValue), estimated_files = \(set.estimatedFiles),
                    holds_unplaced = \(set.holdsUnplaced)
                WHERE id = \(id)
                """)
            if known.visibility != set.visibility { try Self.passOnVisibility(of: set, at: moment, connection) }
            try UploadSetLife.completeIfCounted(id, at: moment, connection)
        }
    }

    private static func passOnVisibility(
        of set: UploadSet, at moment: Date, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE sequences SET visibility = \(set.visibility.rawValue) WHERE upload_set_id = \(set.id)")
        try AudienceRule.apply(where: "upload_set_id = \(set.id)", connection)
        let sequences = try connection.rows("SELECT id FROM sequences WHERE upload_set_id = \(set.id)") {
            $0.id(SequenceID.self)
        }
        for id in sequences { try SequenceFigures.refresh(id, at: moment, connection) }
    }
}
