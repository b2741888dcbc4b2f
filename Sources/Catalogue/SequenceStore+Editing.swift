import Domain
import Foundation

extension SequenceStore {
    /// Carries out the whole edit or nothing of it. A changed visibility reaches the pictures at once.
    ///
    /// - Parameter version: when the sequence had changed last, as the editor saw it; nil to change it whatever it is now.
    /// - Throws: `.preconditionFailed` when it has changed since, `.notFound`; and as `SemanticStore.edit`.
    package func edit(
        _ id: SequenceID, _ edit: SequenceEdit, by viewer: Viewer, ifUpdatedAt version: Date? = nil
    ) async throws {
        let moment = Date.now
        try await engine.write { connection in
            let known = try connection.first(
                "SELECT \(SequenceRow.columns) FROM sequences s WHERE s.id = \(id) AND s.is_away = 0"
            ) { try SequenceRow.sequence(&$0) }
            guard var sequence = known else { throw Failure.notFound("sequence") }
            try Precondition.check(version, "SELECT updated_at FROM sequences WHERE id = \(id)", connection)
            if !edit.tags.isEmpty {
                try SemanticStore.apply(edit.tags, to: .sequence(id), by: viewer, at: moment, connection)
            }
            if let title = edit.title { sequence.title = title }
            if let visibility = edit.visibility { sequence.visibility = visibility }
            if let method = edit.sortMethod { sequence.sortMethod = method }
            try connection.execute(
                """
                UPDATE sequences SET title = \(sequence.title), visibility = \(sequence.visibility.rawValue),
                    sort_method = \(sequence.sortMethod.rawValue), updated_at = \(moment)
                WHERE id = \(id)
                """)
            if edit.visibility != nil { try AudienceRule.apply(where: "sequence_id = \(id)", connection) }
            if edit.arranges { try Self.arrange(sequence, edit.relativeHeading, at: moment, connection) }
            try SequenceFigures.refresh(id, at: moment, connection)
        }
    }

    /// Ranks and headings anew; only what changes is written.
    private static func arrange(
        _ sequence: PictureSequence, _ relativeHeading: Double?, at moment: Date, _ connection: any SQLConnection
    ) throws {
        let pictures = try candidates(
            where: "p.sequence_id = \(sequence.id) AND p.captured_at IS NOT NULL", connection)
        let placements = DispatchPlan.arrange(pictures, by: sequence.sortMethod, relativeHeading: relativeHeading)
        for (index, placement) in placements.enumerated() {
            try connection.execute(
                """
                UPDATE pictures SET rank = \(index + 1), heading = \(placement.heading),
                    heading_computed = \(placement.isHeadingComputed), updated_at = \(moment)
                WHERE id = \(placement.id) AND (rank <> \(index + 1) OR heading IS DISTINCT FROM \(placement.heading)
                    OR heading_computed <> \(placement.isHeadingComputed))
                """)
        }
    }
}
