import Domain
import Foundation

/// Sequences and upload sets that pictures are about to leave, for what has to be done there once they are gone.
struct LeftBehind {
    private let sequences: [SequenceID]
    private let sets: [UploadSetID]

    /// Of the pictures that `condition` (on `pictures`) holds for.
    init(by condition: SQLStatement, _ connection: any SQLConnection) throws {
        sequences = try connection.rows(
            "SELECT DISTINCT sequence_id FROM pictures WHERE \(condition) AND sequence_id IS NOT NULL"
        ) { $0.id() }
        sets = try connection.rows(
            """
            SELECT DISTINCT upload_set_id FROM pictures WHERE \(condition)
                AND (status = 'waiting' OR upload_set_id IN (SELECT u.id FROM upload_sets u WHERE u.is_undecided = 1))
            """
        ) { $0.id() }
    }

    /// Counts anew; a sequence that is left empty goes, and a batch that waited for them is cut.
    func settle(at moment: Date, _ connection: any SQLConnection) throws {
        for id in sequences { try SequenceFigures.refreshOrDelete(id, at: moment, connection) }
        for id in sets { try UploadSetLife.dispatchIfReady(id, at: moment, connection) }
    }
}
