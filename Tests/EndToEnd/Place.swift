import Domain
import Foundation
import StorageS3
import TestSupport
import Testing

/// Where a built server keeps its pictures: the same has to hold in each.
enum Place: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case folder, bucket

    var testDescription: String { rawValue }

    /// For tests that tell little more in a bucket: both with `make test-all`.
    static var some: [Place] { isAll ? allCases : [.folder] }
    static var isAll: Bool { ProcessInfo.processInfo.environment["WAYSIDE_TEST_ALL"] != nil }

    /// - Parameter store: an S3 server of its own, instead of the one that all tests share.
    func server(_ settings: [String: String] = [:], on store: S3Server? = nil) async throws -> PlacedServer {
        switch self {
        case .folder: return PlacedServer(server: try BuiltServer(settings), scene: nil)
        case .bucket:
            let scene = try await BucketServer.make(settings, on: store)
            return PlacedServer(server: scene.server, scene: scene)
        }
    }
}

/// A built server, and a look past it at what it has stored.
struct PlacedServer: Sendable {
    let server: BuiltServer
    /// Nil where it is all in the data folder.
    let scene: BucketServer?

    private var folder: DataFolder { DataFolder(path: server.data) }
    private var root: String { "\(server.data)/store" }

    /// Names of all objects, `pictures/…` and `originals/…`.
    func objects() async throws -> [String] {
        if let scene { return try await scene.objects() }
        return folder.files().filter { $0.hasPrefix("store/pictures/") || $0.hasPrefix("store/originals/") }
            .map { String($0.dropFirst("store/".count)) }
    }

    func content(of object: String) async throws -> Data {
        guard let scene else { return try Data(contentsOf: URL(filePath: "\(root)/\(object)")) }
        return try await scene.store.object("/\(scene.bucket.name)/\(object)")
    }

    /// As somebody does who has the storage, but not the server.
    func replace(_ object: String, with content: Data) async throws {
        guard let scene else {
            let path = "\(root)/\(object)"
            try FileManager.default.removeItem(atPath: path)
            return try content.write(to: URL(filePath: path))
        }
        try await scene.store.put(content, "/\(scene.bucket.name)/\(object)")
    }

    /// What the S3 server keeps itself: volumes, where what was deleted lies on until they are tidied, and its lists.
    func files() -> [(name: String, path: String)] {
        guard let scene else { return [] }
        return DataFolder(path: scene.store.folder).files().map { ("store/\($0)", "\(scene.store.folder)/\($0)") }
    }
}
