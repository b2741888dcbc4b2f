import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Storage

/// A large file on its way into the store in parts. Until the last request it is not there; when that fails, its parts
/// are removed.
struct PartedUpload: Sendable {
    let client: S3Client
    let path: String
    /// Media type.
    let type: String
    let file: OpenFile

    /// Parts that are under way at a time.
    private static let width = 3
    private static let smallestPart: Int64 = 16 << 20
    /// S3 takes ten thousand.
    private static let mostParts: Int64 = 1000

    func run() async throws {
        // Only one writes an object at a time: what there is of it was left by one that died.
        try await AbandonedParts(client: client).remove(of: path)
        let upload = try await begin()
        do {
            try await finish(upload, try await sendParts(upload))
            // One that was begun, and the answer lost.
            try await AbandonedParts(client: client).remove(of: path)
        } catch {
            // Also when this task was cancelled: parts cost money, and may hold what is to be gone.
            try? await Task { try await AbandonedParts(client: client).remove(path, upload) }.value
            throw error
        }
    }

    private func begin() async throws -> String {
        var request = S3Request(.POST, path, query: [("uploads", "")])
        request.headers += S3Store.headers(type)
        guard let upload = try await client.document(request).text("UploadId"), !upload.isEmpty else {
            throw S3Problem.strange("no upload id")
        }
        return upload
    }

    private var parts: [Range<Int64>] {
        let size = max(Self.smallestPart, (file.size + Self.mostParts - 1) / Self.mostParts)
        return stride(from: 0, to: file.size, by: Int64.Stride(size)).map { $0..<min($0 + size, file.size) }
    }

    /// The entity tags of all parts, in order.
    private func sendParts(_ upload: String) async throws -> [String] {
        let parts = parts
        var tags = [String](repeating: "", count: parts.count)
        try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for (number, range) in parts.enumerated() {
                if number >= Self.width, let (done, tag) = try await group.next() { tags[done] = tag }
                group.addTask { (number, try await send(range, number + 1, upload)) }
            }
            for try await (done, tag) in group { tags[done] = tag }
        }
        return tags
    }

    private func send(_ range: Range<Int64>, _ number: Int, _ upload: String) async throws -> String {
        let (body, digests) = try await S3Store.body(of: file, range)
        let query = [(name: "partNumber", value: "\(number)"), (name: "uploadId", value: upload)]
        return try await client.send(S3Request(.PUT, path, query: query).sending(body, digests)) { response in
            _ = try await client.text(of: response)
            try S3Store.check(response, digests)
            guard let tag = response.headers.first(name: "ETag") else { throw S3Problem.strange("no entity tag") }
            return tag
        }
    }

    private func finish(_ upload: String, _ tags: [String]) async throws {
        let parts = tags.enumerated().map { number, tag in
            "<Part><PartNumber>\(number + 1)</PartNumber><ETag>\(XMLText.escaped(tag))</ETag></Part>"
        }
        let text = "<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>"
        do {
            _ = try await client.document(
                S3Request(.POST, path, query: [("uploadId", upload)]).sending(text))
        } catch let problem as S3Problem where problem.code == "NoSuchUpload" {
            // Put together before, and the answer was lost.
            guard try await isThere() else { throw problem }
        }
    }

    private func isThere() async throws -> Bool {
        do {
            return try await client.send(S3Request(.HEAD, path)) { response in
                response.headers.first(name: "Content-Length") == "\(file.size)"
            }
        } catch let problem as S3Problem where problem.isMissing {
            return false
        }
    }
}

/// Text within XML.
enum XMLText {
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
