import Domain
import Foundation

/// How far a picture of a sequence is.
package struct PictureState: Hashable, Sendable {
    package let id: PictureID
    package let status: PreparationStatus
    package let rank: Int
    /// Hidden by a report that waits.
    package let isHidden: Bool
    package let brokenReason: String?
    package let updatedAt: Date
    /// Failed attempts of the work that is queued for it.
    package let errors: Int
}

extension PictureStore {
    /// Every picture of a sequence that the viewer sees, by rank: their own also before it is listed.
    package func states(of sequence: SequenceID, viewer: Viewer) async throws -> [PictureState] {
        let sight = Sight(viewer)
        return try await engine.read { connection in
            try connection.rows(
                """
                SELECT p.id, p.status, COALESCE(p.rank, 0), \(AudienceRule.isHidden(picture: "p")), p.broken_reason,
                    p.updated_at,
                    COALESCE((SELECT SUM(j.attempts) FROM jobs j WHERE j.step IN ('inspect', 'redact', 'develop')
                        AND j.subject = p.id AND j.last_error IS NOT NULL), 0)
                FROM pictures p WHERE p.sequence_id = \(sequence) AND \(sight.sees(named: "p"))
                ORDER BY p.rank, p.id
                """
            ) { row in
                PictureState(
                    id: row.id(), status: try row.word(), rank: row.int(), isHidden: row.bool(),
                    brokenReason: row.optionalText(), updatedAt: row.date(), errors: row.int())
            }
        }
    }
}
