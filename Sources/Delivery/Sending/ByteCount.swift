import Synchronization

/// Counts bytes that come in pieces.
final class ByteCount: Sendable {
    private let bytes = Atomic<Int64>(0)

    var value: Int64 { bytes.load(ordering: .relaxed) }

    func add(_ count: Int) { bytes.add(Int64(count), ordering: .relaxed) }
}
