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
                let key = ObjectKey.stored(original.part, of: original.pictureID, original.stored.kind)
                try await store.delete(prefix: key.path)
            }
            try await catalogue.originals.forget(originals, at: moment)
            removed += originals.count
            try Task.checkCancellation()
        }
    }

    /// The paths at which these pictures need what is stored of their originals and raw files.
    private func needed(by pictures: [PictureID]) async throws -> Set<String> {
        var paths: Set<String> = []
        for part in OriginalPart.allCases {
            for (id, kinds) in try await catalogue.originals.needed(by: pictures, part) {
                paths.formUnion(kinds.map { ObjectKey.stored(part, of: id, $0).path })
            }
        }
        return paths
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
            let needed = try await self.needed(by: Array(Set(pictures.compactMap(\.self))))
            for (path, picture) in zip(paths, pictures) where picture != nil && !needed.contains(path) {
                try await store.delete(prefix: path)
                removed += 1
            }
            try Task.checkCancellation()
        }
    }
}
