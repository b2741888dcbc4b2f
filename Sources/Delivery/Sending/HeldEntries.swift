import Catalogue
import Synchronization

/// What a lane has claimed and not ended yet.
final class HeldEntries: Sendable {
    private let entries: Mutex<Set<OutboxEntry>>

    init(_ entries: [OutboxEntry]) { self.entries = Mutex(Set(entries)) }

    var all: [OutboxEntry] { entries.withLock { Array($0) } }

    func remove(_ entry: OutboxEntry) { entries.withLock { _ = $0.remove(entry) } }
}
