import Catalogue
import Foundation

/// What was deleted and cannot be taken back any more.
extension Janitor {
    /// Has it erased for good; how many removals. Each gets a receipt, and its bytes go by jobs.
    @discardableResult
    package func finishRemovals(at moment: Date) async throws -> Int {
        try await catalogue.removals.finishDue(at: moment)
    }
}
