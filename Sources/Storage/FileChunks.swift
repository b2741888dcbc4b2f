import NIOCore

/// A part of a file as the pieces of a request's body, read while they are sent.
package struct FileChunks: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    let file: OpenFile
    let range: Range<Int64>

    static let size = 256 << 10

    package init(file: OpenFile, range: Range<Int64>) {
        self.file = file
        self.range = range
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(file: file, position: range.lowerBound, end: range.upperBound)
    }

    package struct Iterator: AsyncIteratorProtocol {
        let file: OpenFile
        var position: Int64
        let end: Int64

        package mutating func next() async throws -> ByteBuffer? {
            guard position < end else { return nil }
            let (file, start, count) = (file, position, Int(Swift.min(Int64(FileChunks.size), end - position)))
            position += Int64(count)
            return try await BlockingWork.run { try file.read(at: start, count: count) }
        }
    }
}
