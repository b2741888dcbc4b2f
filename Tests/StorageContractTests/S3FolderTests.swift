import Domain
import Foundation
import NIOCore
import Storage
import StorageS3
import TestSupport
import Testing

@Suite("Files of any names in a bucket", .timeLimit(.minutes(5)))
struct S3FolderTests {
    private let files: TemporaryFolder

    init() throws { files = try TemporaryFolder() }

    private func file(_ text: String) throws -> String {
        let path = files.file(UUID().uuidString)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func text(_ bytes: ObjectBytes) -> String? {
        if case .whole(let buffer) = bytes { String(buffer: buffer) } else { nil }
    }

    @Test(
        "a file is put, replaced, listed, read and deleted, and nobody else's is seen",
        arguments: [S3Server.Kind.seaweedFS, .rclone])
    func life(kind: S3Server.Kind) async throws {
        let server = try await S3Server.shared(kind)
        let bucket = try await server.makeBucket()
        let (own, other) = (S3Folder(bucket: bucket, prefix: "copies/of"), S3Folder(bucket: bucket, prefix: "copies/o"))
        try await own.check()
        #expect(try await own.list(after: nil, limit: 9).isEmpty)
        for name in ["CAM 1/é & a.jpg", "CAM 1/b.jpg", "z.json"] {
            try await own.put(name, fileAt: try file(name), type: "image/jpeg")
        }
        try await own.put("z.json", fileAt: try file("again"), type: "application/geo+json")
        try await other.put("z.json", fileAt: try file("other"), type: "application/geo+json")
        let all = try await own.list(after: nil, limit: 9)
        #expect(all.map(\.name) == ["CAM 1/b.jpg", "CAM 1/é & a.jpg", "z.json"])
        #expect(all.last?.size == 5)
        #expect(try await own.list(after: "CAM 1/b.jpg", limit: 1).map(\.name) == ["CAM 1/é & a.jpg"])
        #expect(try await text(own.read("z.json")) == "again")
        for _ in 0..<2 { try await own.delete("z.json") }
        let missing = try await #require(throws: Failure.self) { _ = try await own.read("z.json") }
        #expect(missing.code == .notFound)
        #expect(try await text(other.read("z.json")) == "other")
    }

    @Test("what is wrong with a bucket is said without the names of the server's own settings")
    func wrong() async throws {
        let server = try await S3Server.shared(.seaweedFS)
        let bucket = try await server.makeBucket()
        let folder = S3Folder(bucket: try server.bucket(bucket.name, secretKey: "wrong"), prefix: "")
        let failure = try await #require(throws: Failure.self) { try await folder.check() }
        #expect(failure.message == "The secret key does not belong to the access key.")
    }

    @Test("refuses a bucket in which a server keeps its pictures")
    func owned() async throws {
        let bucket = try await S3Server.shared(.seaweedFS).makeBucket()
        let folder = S3Folder(bucket: bucket, prefix: "copies")
        try await folder.check()
        try await S3Store(bucket: bucket).claim(for: "a server")
        let failure = await #expect(throws: Failure.self) { try await folder.check() }
        #expect(failure?.code == .unprocessable)
    }
}
