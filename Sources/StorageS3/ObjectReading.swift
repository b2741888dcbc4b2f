import AsyncHTTPClient
import NIOCore
import Storage

/// A large object on its way: where the store breaks off, the rest is asked for.
struct ObjectReading: Sendable {
    let client: S3Client
    let path: String
    /// Of the object, bytes.
    let span: Range<Int64>
    /// By which the rest is known to be of the same object.
    let tag: String?
    /// The first answer's.
    let body: HTTPClientResponse.Body

    /// Throws what `write` throws as it is.
    func run(_ write: (ByteBuffer) async throws -> Void) async throws {
        var position = span.lowerBound
        var pieces = body.makeAsyncIterator()
        var failures = 0
        while position < span.upperBound {
            let piece: ByteBuffer?
            do {
                piece = try await pieces.next()
            } catch {
                piece = try nothing(after: error)
            }
            if let piece {
                failures = 0
                position += Int64(piece.readableBytes)
                // A store that sends more than it announced is not believed.
                guard position <= span.upperBound else { throw S3Problem.strange("too long") }
                try await pass(piece, to: write)
            } else {
                failures += 1
                guard failures < client.patience.attempts else { throw S3Problem.truncated }
                try await Task.sleep(for: client.patience.wait(after: failures))
                pieces = try await rest(from: position).makeAsyncIterator()
            }
        }
    }

    private func pass(_ piece: ByteBuffer, to write: (ByteBuffer) async throws -> Void) async throws {
        var rest = piece
        while let chunk = rest.readSlice(length: min(rest.readableBytes, S3Store.chunkSize)), chunk.readableBytes > 0 {
            try await write(chunk)
        }
    }

    /// The connection broke: no more comes of this answer. Throws what no other answer can help.
    private func nothing(after error: any Error) throws -> ByteBuffer? {
        let problem = client.problem(error)
        guard problem is S3Problem else { throw problem }
        return nil
    }

    private func rest(from position: Int64) async throws -> HTTPClientResponse.Body {
        let range = position..<span.upperBound
        return try await client.send(S3Store.reading(path, range, tag: tag)) { response in
            guard try S3Store.length(of: response, asked: range) == range.count else { throw S3Problem.truncated }
            return response.body
        }
    }
}
