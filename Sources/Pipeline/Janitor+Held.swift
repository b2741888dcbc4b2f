import Catalogue
import Domain
import Foundation

/// Pictures that have waited for a place long enough.
extension Janitor {
    /// Refuses them, with a reason that their upload set shows; how many. Their received files go with the next round for
    /// unwanted ones, within seconds.
    @discardableResult
    package func refuseUnplaced(at moment: Date) async throws -> Int {
        var refused = 0
        while true {
            let count = try await catalogue.heldPictures.expire(at: moment, limit: Self.batch)
            refused += count
            guard count == Self.batch else { return refused }
            try Task.checkCancellation()
        }
    }
}
