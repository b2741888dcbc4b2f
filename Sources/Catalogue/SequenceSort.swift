import Domain
import Foundation

/// What a list of sequences is sorted by; ids tell equal times apart, so that pages neither repeat nor leave out.
package struct SequenceSort: Hashable, Sendable {
    package enum Key: String, Sendable, CaseIterable {
        /// When the first picture was taken.
        case captured
        case created, updated
    }

    package let key: Key
    package let isDescending: Bool

    package init(_ key: Key = .captured, isDescending: Bool = true) {
        self.key = key
        self.isDescending = isDescending
    }

    /// Where the page after this sequence starts; nil when it has no such time.
    package func position(of summary: SequenceSummary) -> SequenceQuery.Position? {
        let moment =
            switch key {
            case .captured: summary.capturedFrom
            case .created: summary.sequence.createdAt
            case .updated: summary.sequence.updatedAt
            }
        return moment.map { SequenceQuery.Position(moment: $0, id: summary.sequence.id) }
    }

    private var column: SQLStatement {
        switch key {
        case .captured: "f.captured_from"
        case .created: "s.created_at"
        case .updated: "s.updated_at"
        }
    }

    var clause: SQLStatement { isDescending ? "\(column) DESC, f.sequence_id" : "\(column), f.sequence_id" }

    /// The first term lets an index start there; the second tells equal times apart.
    func isAfter(_ last: SequenceQuery.Position) -> SQLStatement {
        let moment = last.moment
        return isDescending
            ? "\(column) <= \(moment) AND (\(column) < \(moment) OR f.sequence_id > \(last.id))"
            : "\(column) >= \(moment) AND (\(column) > \(moment) OR f.sequence_id > \(last.id))"
    }
}
