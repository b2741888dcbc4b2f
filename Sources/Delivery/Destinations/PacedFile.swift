import NIOCore
import Storage

/// A file as the pieces of a request's body, read while they are sent, no faster than the route's rate.
struct PacedFile: AsyncSequence, Sendable {
    let file: OpenFile
    let pace: Pace?

    private static let piece: Int64 = 64 << 10

    func makeAsyncIterator() -> Iterator { Iterator(file: file, pace: pace) }

    struct Iterator: AsyncIteratorProtocol {
        let file: OpenFile
        let pace: Pace?
        private var position: Int64 = 0

        init(file: OpenFile, pace: Pace?) {
            self.file = file
            self.pace = pace
        }

        mutating func next() async throws -> ByteBuffer? {
            guard position < file.size else { return nil }
            let (file, start, count) = (file, position, Int(Swift.min(PacedFile.piece, file.size - position)))
            position += Int64(count)
            try await pace?.pass(count)
            return try await BlockingWork.run { try file.read(at: start, count: count) }
        }
    }
}
