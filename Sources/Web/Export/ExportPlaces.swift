import Domain
import Synchronization

/// How many exports are under way, in all and for each who asks: each reads the catalogue and the disk for as long as its
/// download lasts.
package final class ExportPlaces: Sendable {
    private let most: Int
    /// Of one account, or of one address block of guests.
    static let mostOfOne = 2
    /// Seconds after which it is worth asking again.
    private static let wait = "30"

    private let taken = Mutex<[String: Int]>([:])

    package init(most: Int) { self.most = most }

    /// A place that is held until it is given back, or nobody knows of it any more.
    ///
    /// - Throws: `.tooMany` when the asker has its own under way, `.unavailable` when all are taken.
    package func take(for asker: String) throws -> Place {
        try taken.withLock { taken in
            guard taken[asker, default: 0] < Self.mostOfOne else {
                throw Failure(
                    .tooMany, "You are taking away \(Self.mostOfOne) exports already. Wait until one of them is done.",
                    details: ["reason": "export_quota", "retry_after": Self.wait])
            }
            guard taken.values.reduce(0, +) < most else {
                throw Failure(
                    .unavailable, "Too many exports are under way. Try again in a little while.",
                    details: ["reason": "exports_busy", "retry_after": Self.wait])
            }
            taken[asker, default: 0] += 1
        }
        return Place(places: self, asker: asker)
    }

    private func giveBack(_ asker: String) {
        taken.withLock { taken in
            let left = (taken[asker] ?? 0) - 1
            taken[asker] = left > 0 ? left : nil
        }
    }

    /// One export's. It goes back by itself when the answer is dropped before it was sent.
    package final class Place: Sendable {
        private let places: ExportPlaces
        private let asker: String
        private let isHeld = Mutex(true)

        fileprivate init(places: ExportPlaces, asker: String) {
            self.places = places
            self.asker = asker
        }

        deinit { giveBack() }

        /// May be called more than once.
        package func giveBack() {
            let wasHeld = isHeld.withLock { isHeld in
                defer { isHeld = false }
                return isHeld
            }
            if wasHeld { places.giveBack(asker) }
        }
    }
}
