import Synchronization

/// What was last found of the bucket; alerts are made of it.
final class StorageHealth: Sendable {
    /// Nil: not looked at yet.
    private let found = Mutex<[String]?>(nil)

    /// Sentences on what would give away what is hidden or was deleted.
    var exposures: [String] { found.withLock { $0 ?? [] } }

    var isKnown: Bool { found.withLock { $0 != nil } }

    func note(_ exposures: [String]) { found.withLock { $0 = exposures } }
}
