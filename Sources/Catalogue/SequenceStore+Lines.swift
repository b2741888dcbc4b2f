import Domain
import Foundation

extension SequenceStore {
    /// Draws the lines that are missing: of sequences from before there were any, or that a bulk load has put there.
    ///
    /// - Returns: the last sequence looked at, to go on after it; nil when that was all.
    package func drawLines(after last: SequenceID?, limit: Int) async throws -> SequenceID? {
        let missing = try await engine.read { connection in
            try connection.rows(
                """
                SELECT s.id FROM sequences s
                WHERE s.id > \(last?.string ?? "")
                    AND NOT EXISTS (SELECT 1 FROM sequence_lines k WHERE k.sequence_id = s.id)
                    AND EXISTS (SELECT 1 FROM sequence_figures f WHERE f.sequence_id = s.id)
                ORDER BY s.id LIMIT \(limit)
                """
            ) { $0.id(SequenceID.self) }
        }
        guard !missing.isEmpty else { return nil }
        try await engine.write { connection in
            for id in missing { try SequenceLines.refresh(id, connection) }
        }
        return missing.last
    }
}
