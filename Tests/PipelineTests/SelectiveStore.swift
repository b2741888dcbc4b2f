import Domain
import Storage
import Synchronization

/// A store that refuses files of one kind until it is told otherwise, as a disk does that has no room for them.
final class SelectiveStore: ObjectStore {
    private let store: DirectoryStore
    private let prefix: String
    private let state = Mutex((refuses: true, refused: 0))

    init(_ store: DirectoryStore, refusing prefix: String) {
        self.store = store
        self.prefix = prefix
    }

    /// How many files it has refused.
    var refused: Int { state.withLock { $0.refused } }

    /// From now on it takes everything.
    func relent() { state.withLock { $0.refuses = false } }

    func put(_ key: ObjectKey, fileAt path: String) async throws {
        if key.path.hasPrefix(prefix) {
            let refuses = state.withLock { state in
                if state.refuses { state.refused += 1 }
                return state.refuses
            }
            if refuses { throw Failure(.noSpace, "No room.") }
        }
        try await store.put(key, fileAt: path)
    }

    func head(_ key: ObjectKey) async throws -> Int64? { try await store.head(key) }
    func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectBytes {
        try await store.read(key, range: range)
    }
    func move(prefix: String, to target: String) async throws { try await store.move(prefix: prefix, to: target) }
    func delete(prefix: String) async throws { try await store.delete(prefix: prefix) }
    func list(prefix: String, after: String?, limit: Int) async throws -> [String] {
        try await store.list(prefix: prefix, after: after, limit: limit)
    }
    func check() async throws { try await store.check() }
}
