import Domain
import Storage
import Synchronization

/// A store that refuses to remove files for a while.
final class StubbornStore: ObjectStore {
    private let store: DirectoryStore
    private let refusals: Mutex<Int>

    init(_ store: DirectoryStore, refusing count: Int) {
        self.store = store
        refusals = Mutex(count)
    }

    /// How many more times it will refuse.
    var left: Int { refusals.withLock { $0 } }

    func delete(prefix: String) async throws {
        let refuses = refusals.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
        if refuses { throw Failure(.unavailable, "No.") }
        try await store.delete(prefix: prefix)
    }

    func put(_ key: ObjectKey, fileAt path: String) async throws { try await store.put(key, fileAt: path) }
    func head(_ key: ObjectKey) async throws -> Int64? { try await store.head(key) }
    func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectBytes {
        try await store.read(key, range: range)
    }
    func list(prefix: String, after: String?, limit: Int) async throws -> [String] {
        try await store.list(prefix: prefix, after: after, limit: limit)
    }
    func check() async throws { try await store.check() }
}
