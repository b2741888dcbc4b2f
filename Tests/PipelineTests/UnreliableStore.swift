import Domain
import Storage
import Synchronization

/// A store that refuses to take files for a while.
final class UnreliableStore: ObjectStore {
    private let store: DirectoryStore
    private let failure: Failure
    private let refusals: Mutex<Int>

    init(_ store: DirectoryStore, refusing count: Int, with failure: Failure) {
        self.store = store
        self.failure = failure
        refusals = Mutex(count)
    }

    /// How many more files it will refuse.
    var left: Int { refusals.withLock { $0 } }

    func put(_ key: ObjectKey, fileAt path: String) async throws {
        let refuses = refusals.withLock { left in
            left -= 1
            return left >= 0
        }
        if refuses { throw failure }
        try await store.put(key, fileAt: path)
    }

    func head(_ key: ObjectKey) async throws -> Int64? { try await store.head(key) }
    func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectBytes {
        try await store.read(key, range: range)
    }
    func delete(prefix: String) async throws { try await store.delete(prefix: prefix) }
    func list(prefix: String, after: String?, limit: Int) async throws -> [String] {
        try await store.list(prefix: prefix, after: after, limit: limit)
    }
    func move(prefix: String, to target: String) async throws { try await store.move(prefix: prefix, to: target) }
    func check() async throws { try await store.check() }
}
