import Hummingbird
import NIOCore

/// A request's body that says when it is read, and how far.
struct WatchedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: RequestBody
    let watch: BodyWatch
    /// Called before the first byte is asked for.
    let onBegin: @Sendable () -> Void

    struct AsyncIterator: AsyncIteratorProtocol {
        private var iterator: RequestBody.AsyncIterator
        private let watched: WatchedBody

        init(_ watched: WatchedBody) {
            self.watched = watched
            iterator = watched.body.makeAsyncIterator()
        }

        // As the iterator it wraps: on no caller's actor.
        @concurrent mutating func next() async throws -> ByteBuffer? {
            if watched.watch.begin() { watched.onBegin() }
            let buffer = try await iterator.next()
            watched.watch.note(buffer?.readableBytes)
            return buffer
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
