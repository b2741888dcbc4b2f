import Catalogue
import Domain
import Foundation
import Storage

/// Originals whose time is over, or that no picture needs.
extension Janitor {
    /// Removes originals that were let go or have expired; how many. The bytes go first, so that what fails in between is
    /// tried again.
    package func removeExpiredOriginals(at moment: Date = .now) async throws -> Int {
        var removed = 0
        while true {
            let originals = try await catalogue.originals.expired(at: moment, limit: Self.batch)
            guard !originals.isEmpty else { return removed }
            for original in originals {
                try await store.delete(prefix: ObjectKey.originalPrefix(of: original.pictureID))
            }
            try await catalogue.originals.forget(originals, at: moment)
            removed += originals.count
            try Task.checkCancellation()
        }
    }

    /// Removes stored originals that the catalogue does not know: a crash came before they were acknowledged, or the
    /// label's rule has changed between two attempts. How many.
    package func sweepOriginals() async throws -> Int {
        var removed = 0
        var last: String?
        while true {
            // In this order: an original is in the store before its picture is prepared.
            let paths = try await store.list(prefix: "originals/", after: last, limit: Self.batch)
            guard let end = paths.last else { return removed }
            last = end
            let pictures = paths.map { $0.split(separator: "/").dropFirst(3).first.flatMap { PictureID(String($0)) } }
            let needed = try await catalogue.originals.needed(by: Array(Set(pictures.compactMap(\.self))))
            for (path, picture) in zip(paths, pictures) {
                guard let picture else { continue }
                let kinds = needed[picture] ?? []
                if kinds.contains(where: { ObjectKey.original(picture, $0).path == path }) { continue }
                try await store.delete(prefix: path)
                removed += 1
            }
            try Task.checkCancellation()
        }
    }
}
