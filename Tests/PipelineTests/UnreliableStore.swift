import Domain
import Storage
import Synchronization

/// A store that refuses to take files, or to remove them, for a while.
final class UnreliableStore: ObjectStore {
    enum Verb { case put, delete }

    private let store: DirectoryStore
    private let verb: Verb
    private let failure: Failure
    private let refusals: Mutex<Int>

    init(_ store: DirectoryStore, refusing count: Int, of verb: Verb = .put, with failure: Failure) {
        self.store = store
        self.verb = verb
        self.failure = failure
        refusals = Mutex(count)
    }

    /// How many more files it will refuse.
    var left: Int { refusals.withLock { $0 } }

    func put(_ key: ObjectKey, fileAt path: String) async throws {
        try refuse(.put)
        try await store.put(key, fileAt: path)
    }

    private func refuse(_ asked: Verb) throws {
        guard asked == verb else { return }
        let refuses = refusals.withLock { left in
            left -= 1
            return left >= 0
        }
        if refuses { throw failure }
    }

    func head(_ key: ObjectKey) async throws -> Int64? { try await store.head(key) }
    func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectBytes {
        try await store.read(key, range: range)
    }
    func delete(prefix: String) async throws {
        try refuse(.delete)
        try await store.delete(prefix: prefix)
    }
    func list(prefix: String, after: String?, limit: Int) async throws -> [String] {
        try await store.list(prefix: prefix, after: after, limit: limit)
    }
    func move(prefix: String, to target: String) async throws { try await store.move(prefix: prefix, to: target) }
    func check() async throws { try await store.check() }
}
