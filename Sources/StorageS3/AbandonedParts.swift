import Foundation
import NIOHTTP1

/// Parts of uploads that were never put together: they take room, and no list of objects shows them.
struct AbandonedParts: Sendable {
    let client: S3Client

    private struct Upload {
        let path: String
        let id: String
        let began: Date
    }

    /// Those of one object.
    func remove(of path: String) async throws {
        for upload in try await uploads(prefix: path) where upload.path == path {
            try await remove(upload.path, upload.id)
        }
    }

    /// Those that began before then; how many.
    func remove(before moment: Date) async throws -> Int {
        let old = try await uploads(prefix: "").filter { $0.began < moment }
        for upload in old { try await remove(upload.path, upload.id) }
        return old.count
    }

    /// Those of one upload; none is success.
    func remove(_ path: String, _ upload: String) async throws {
        do {
            try await client.send(S3Request(.DELETE, path, query: [("uploadId", upload)]))
        } catch let problem as S3Problem where problem.code == "NoSuchUpload" || problem.status == 404 {
            return
        }
    }

    private func uploads(prefix: String) async throws -> [Upload] {
        var found: [Upload] = []
        var marks: [(name: String, value: String)] = []
        while true {
            let query = [(name: "uploads", value: ""), (name: "prefix", value: prefix)] + marks
            let page = try await client.document(S3Request(.GET, nil, query: query))
            found += page.all("Upload").compactMap { upload in
                guard let path = upload.text("Key"), let id = upload.text("UploadId") else { return nil }
                return Upload(path: path, id: id, began: S3Time.read(upload.text("Initiated") ?? "") ?? .distantFuture)
            }
            guard page.text("IsTruncated") == "true" else { return found }
            guard let key = page.text("NextKeyMarker"), !key.isEmpty else {
                throw S3Problem.strange("a list without its end")
            }
            marks = [(name: "key-marker", value: key)]
            if let id = page.text("NextUploadIdMarker") { marks.append((name: "upload-id-marker", value: id)) }
        }
    }
}

/// A time in a document of S3's (ISO 8601).
enum S3Time {
    /// With or without parts of a second.
    static func read(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
