import Domain
import Foundation
import NIOCore
import Storage
import StorageS3
import TestSupport
import Testing

/// The stores that the contract holds for; each test gets an empty one.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case directory, seaweedFS, rclone

    var testDescription: String { rawValue }
}

/// An empty store with a folder for the files that go into it; both are removed afterwards.
struct StoreUnderTest {
    let store: any ObjectStore
    let folder: URL

    static func with(_ kind: StoreKind, _ body: (StoreUnderTest) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wayside-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store: any ObjectStore =
            switch kind {
            case .directory: try DirectoryStore(root: folder.appending(path: "store").path)
            case .seaweedFS: S3Store(bucket: try await S3Server.shared(.seaweedFS).makeBucket())
            case .rclone: S3Store(bucket: try await S3Server.shared(.rclone).makeBucket())
            }
        try await body(StoreUnderTest(store: store, folder: folder))
    }

    /// A local file of these bytes, once or several times.
    func file(_ bytes: [UInt8], times: Int = 1) throws -> String {
        let file = folder.appending(path: UUID().uuidString)
        var data = Data()
        for _ in 0..<times { data.append(contentsOf: bytes) }
        try data.write(to: file)
        return file.path
    }

    func put(_ key: ObjectKey, _ bytes: [UInt8]) async throws {
        let file = try file(bytes)
        try await store.put(key, fileAt: file)
        try FileManager.default.removeItem(atPath: file)
    }

    /// All bytes of an object or of a range of it, and the sizes of the chunks when it was streamed.
    func read(_ key: ObjectKey, _ range: Range<Int64>? = nil) async throws -> (bytes: [UInt8], chunks: [Int]) {
        switch try await store.read(key, range: range) {
        case .whole(let buffer):
            return (Array(buffer.readableBytesView), [])
        case .stream(let body):
            let collected = Collected()
            try await body { await collected.append($0) }
            return await (collected.bytes, collected.chunks)
        }
    }

    private actor Collected {
        var bytes: [UInt8] = []
        var chunks: [Int] = []
        func append(_ buffer: ByteBuffer) {
            bytes += buffer.readableBytesView
            chunks.append(buffer.readableBytes)
        }
    }
}
