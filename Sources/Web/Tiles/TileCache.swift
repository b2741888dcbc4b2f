import Catalogue
import Domain
import NIOCore
import Synchronization

/// Tiles as they were last drawn, each for one viewer and one version of the map. Whether a version is the current one is
/// asked of the catalogue each time: nothing here is ever stale, and nothing is shown to somebody else.
final class TileCache: Sendable {
    struct Key: Hashable, Sendable {
        let tile: MapTile
        let viewer: Viewer
    }

    struct Entry: Sendable {
        let version: String
        let tag: EntityTag
        let plain: ByteBuffer
        /// Once somebody has asked for it.
        var packed: ByteBuffer?

        var size: Int { plain.readableBytes + (packed?.readableBytes ?? 0) }
    }

    private struct Memory {
        var entries: [Key: Entry] = [:]
        var size = 0
    }

    private let memory = Mutex(Memory())
    /// Bytes; what is beyond is drawn again.
    private let capacity: Int

    init(capacity: Int = 16 << 20) { self.capacity = capacity }

    func entry(_ key: Key) -> Entry? { memory.withLock { $0.entries[key] } }

    func keep(_ entry: Entry, for key: Key) {
        guard entry.size <= capacity / 4 else { return }
        memory.withLock { memory in
            memory.size += entry.size - (memory.entries[key]?.size ?? 0)
            memory.entries[key] = entry
            guard memory.size > capacity else { return }
            memory.entries = [key: entry]
            memory.size = entry.size
        }
    }
}
