import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Storage

extension S3Store {
    package func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectBytes {
        let path = key.path
        return try await asking {
            guard range?.isEmpty != true else {
                guard try await self.size(of: path) != nil else {
                    throw S3Problem(status: 404, code: "NoSuchKey", description: "There is no object \(path).")
                }
                return .whole(ByteBuffer())
            }
            return try await self.bytes(path, range)
        }
    }

    /// Throws `S3Problem`.
    ///
    /// - Parameter tag: only if the object is still the one that has it.
    func bytes(_ path: String, _ range: Range<Int64>?, tag: String? = nil) async throws -> ObjectBytes {
        do {
            return try await client.send(Self.reading(path, range, tag: tag)) { response in
                let length = try Self.length(of: response, asked: range)
                if length <= Self.wholeLimit { return .whole(try await self.whole(response, length)) }
                let start = range?.lowerBound ?? 0
                let reading = ObjectReading(
                    client: self.client, path: path, span: start..<start + length,
                    tag: response.headers.first(name: "ETag"), body: response.body)
                return .stream { write in try await self.asking { try await reading.run(write) } }
            }
        } catch let problem as S3Problem where problem.status == 416 {
            return .whole(ByteBuffer())
        }
    }

    private func whole(_ response: HTTPClientResponse, _ length: Int64) async throws -> ByteBuffer {
        do {
            let buffer = try await response.body.collect(upTo: Int(length))
            guard buffer.readableBytes == Int(length) else { throw S3Problem.truncated }
            return buffer
        } catch {
            throw client.problem(error)
        }
    }

    /// - Parameter tag: only if the object is still the one that has it.
    static func reading(_ path: String, _ range: Range<Int64>?, tag: String? = nil) -> S3Request {
        var request = S3Request(.GET, path)
        if let range { request.headers.append(("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")) }
        if let tag { request.headers.append(("If-Match", tag)) }
        return request
    }

    /// How many bytes come. Not every server says 206 for a part, but all say which part it is.
    static func length(of response: HTTPClientResponse, asked range: Range<Int64>?) throws -> Int64 {
        guard let length = response.headers.first(name: "Content-Length").flatMap({ Int64($0) }), length >= 0 else {
            throw S3Problem.strange("no length")
        }
        if let range {
            let part = response.headers.first(name: "Content-Range") ?? ""
            guard part.hasPrefix("bytes \(range.lowerBound)-"), length <= range.count else {
                throw S3Problem.strange("not the range that was asked for")
            }
        }
        return length
    }
}
