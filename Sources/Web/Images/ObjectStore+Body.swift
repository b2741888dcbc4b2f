import Domain
import Hummingbird
import Storage

extension ObjectStore {
    /// An object as the body of an answer. It is opened here, so that one that is missing is a 404 and not a broken stream.
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
            return ResponseBody(byteBuffer: buffer)
        case .stream(let read):
            return ResponseBody(contentLength: (range ?? 0..<size).count) { writer in
                try await read { @concurrent chunk in try await writer.write(chunk) }
                try await writer.finish(nil)
            }
        }
    }
}
