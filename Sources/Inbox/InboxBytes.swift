import NIOCore
import Storage

/// The bytes of a file of the inbox, as a body that is received. Ends with an error when the file was written to meanwhile,
/// so that nothing half-written is taken.
struct InboxBytes: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let opened: InboxFile

    private static let piece = 128 * 1024

    struct Iterator: AsyncIteratorProtocol {
        let opened: InboxFile
        private var position: Int64 = 0

        init(_ opened: InboxFile) { self.opened = opened }

        @concurrent mutating func next() async throws -> ByteBuffer? {
            try Task.checkCancellation()
            let (start, opened) = (position, opened)
            let count = Int(Swift.min(Int64(InboxBytes.piece), opened.file.size - start))
            guard count > 0 else {
                guard try await BlockingWork.run({ try opened.isUnchanged() }) else { throw InboxTrouble.changed }
                return nil
            }
            position += Int64(count)
            return try await BlockingWork.run { try opened.file.read(at: start, count: count) }
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(opened) }
}
