import Domain
import Foundation

extension ArchiveStore {
    /// Files of a picture could not be brought back: its original is forgotten, or the picture is broken, for its owner to
    /// see and send again.
    package func lost(_ id: PictureID, originals: Set<OriginalPart>, derivatives: Bool, at moment: Date) async throws {
        try await engine.write { connection in
            for part in OriginalPart.allCases where originals.contains(part) {
                try connection.execute("DELETE FROM \(OriginalStore.table(of: part)) WHERE picture_id = \(id)")
                try AuditStore.insert(
                    "\(part.rawValue).lost", by: .system, subject: id.string, details: [:], at: moment, connection)
            }
            guard derivatives else { return }
            let known = try PictureStore.known(id, connection)
            try connection.execute(
                """
                UPDATE pictures SET status = 'broken', listed = 0,
                    broken_reason = 'A file of it was not in the backup; send it again.', updated_at = \(moment)
                WHERE id = \(id)
                """)
            if let sequence = known.sequence { try SequenceFigures.refresh(sequence, at: moment, connection) }
        }
    }
}
