import Catalogue
import Domain
import Foundation
import Storage

/// Parts of files that were never finished, or that nobody needs any more.
extension Janitor {
    /// How long it is still known that an upload's time was over, to say so instead of that there is none. Seconds.
    private static let memory: TimeInterval = 86_400

    /// Removes the bytes of what has expired, was given up or erased; how many files. The bytes go first, so that what
    /// fails in between is tried again.
    package func removeUnwantedParts(at moment: Date = .now) async throws -> Int {
        var removed = 0
        _ = try await catalogue.partialUploads.expire(at: moment, forgetting: moment.addingTimeInterval(-Self.memory))
        while true {
            let names = try await catalogue.partialUploads.unwantedFiles(limit: Self.batch)
            guard !names.isEmpty else { return removed }
            for name in names { try await staging.remove(name) }
            try await catalogue.partialUploads.removed(unwanted: names, at: moment)
            removed += names.count
            try Task.checkCancellation()
        }
    }
}
