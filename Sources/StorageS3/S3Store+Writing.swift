import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Storage

extension S3Store {
    package func put(_ key: ObjectKey, fileAt path: String) async throws {
        let file = try await BlockingWork.run { try OpenFile(path) }
        try await changing { try await self.put(key.path, file, type: Self.type(of: key.path)) }
    }

    /// Under any name; throws `S3Problem`.
    func put(_ path: String, _ file: OpenFile, type: String) async throws {
        if file.size > Self.largestPiece {
            try await PartedUpload(client: client, path: path, type: type, file: file).run()
        } else {
            try await putWhole(path, file, type)
        }
    }

    package func put(_ files: [(key: ObjectKey, path: String)]) async throws {
        try await forEach(files) { file in try await self.put(file.key, fileAt: file.path) }
    }

    /// Larger files are sent in parts. Bytes.
    static let largestPiece: Int64 = 64 << 20

    private func putWhole(_ path: String, _ file: OpenFile, _ type: String) async throws {
        let (body, digests) = try await Self.body(of: file, 0..<file.size)
        var request = S3Request(.PUT, path).sending(body, digests)
        request.headers += Self.headers(type)
        try await client.send(request) { response in
            _ = try await self.client.text(of: response)
            guard response.headers.contains(name: "ETag") else { throw S3Problem.strange("no entity tag") }
            try Self.check(response, digests)
        }
    }

    /// What is small is read once, for its digests and for each attempt; the rest is read while it is sent.
    static func body(of file: OpenFile, _ range: Range<Int64>) async throws -> (S3Request.Body, FileDigests) {
        try await BlockingWork.run {
            guard range.count <= smallest else {
                return (.file(file, range), try FileDigests(file, range))
            }
            let bytes = try file.read(at: range.lowerBound, count: range.count)
            return (.bytes(bytes), FileDigests(bytes))
        }
    }

    private static let smallest = 1 << 20

    /// Who follows a presigned address gets these with the object.
    static func headers(_ type: String) -> [(name: String, value: String)] {
        [("Content-Type", type), ("Cache-Control", "private, no-cache")]
    }

    private static func type(of path: String) -> String {
        path.hasSuffix(".jpg") ? "image/jpeg" : "application/octet-stream"
    }

    /// Compares what the store says it holds with what it was sent, unless it has encrypted it with a key of its own.
    static func check(_ response: HTTPClientResponse, _ digests: FileDigests) throws {
        let encryption = response.headers.first(name: "x-amz-server-side-encryption") ?? ""
        let isCustomers = response.headers.contains(name: "x-amz-server-side-encryption-customer-algorithm")
        guard !encryption.hasPrefix("aws:kms"), !isCustomers, let tag = response.headers.first(name: "ETag") else {
            return
        }
        let hash = tag.filter { $0 != "\"" }
        guard hash.utf8.count == 32, hash.allSatisfy(\.isHexDigit) else { return }
        guard hash.lowercased() == digests.entityTag else { throw S3Problem.otherBytes }
    }
}
