import Domain
import Hummingbird
import Storage
import Synchronization

extension ObjectStore {
    /// An object as the body of an answer. It is opened here, so that one that is missing is a 404 and not a broken stream.
    /// One that is not as long as the catalogue says ends the answer: its length was announced.
    ///
    /// - Parameters:
    ///   - size: of the whole object, bytes.
    ///   - range: the bytes to send; all for nil.
    ///   - sender: sends what is in memory already, where that is possible.
    func body(
        of key: ObjectKey, size: Int64, range: Range<Int64>?, sender: FileSender? = nil
    ) async throws -> ResponseBody {
        let span = range ?? 0..<size
        if let sender, span.count >= FileSender.least, let file = try await fileInMemory(key, range: span) {
            return ResponseBody(contentLength: span.count) { writer in
                try await sender.send(file, span)
                try await writer.finish(nil)
            }
        }
        switch try await read(key, range: range) {
        case .whole(let buffer):
            guard buffer.readableBytes == span.count else { throw Self.otherLength }
            return ResponseBody(byteBuffer: buffer)
        case .stream(let read):
            return ResponseBody(contentLength: span.count) { writer in
                let sent = Atomic(0)
                try await read { @concurrent chunk in
                    guard sent.add(chunk.readableBytes, ordering: .relaxed).newValue <= span.count else {
                        throw Self.otherLength
                    }
                    try await writer.write(chunk)
                }
                guard sent.load(ordering: .relaxed) == span.count else { throw Self.otherLength }
                try await writer.finish(nil)
            }
        }
    }

    private static var otherLength: Failure {
        Failure(.unavailable, "The stored file is not the one that the catalogue knows.")
    }
}
