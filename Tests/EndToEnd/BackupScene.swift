import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import StorageS3
import TestSupport

/// A server with something of everything, and a backup route that has brought all of it away.
struct BackupScene: Sendable {
    enum Place: String, CaseIterable, Sendable { case folder, bucket }

    let scene: ArchiveScene
    /// What `wayside restore` is told.
    let source: String
    let bucket: S3Bucket?

    var server: BuiltServer { scene.server }

    init(_ place: Place = .folder) async throws {
        let scene = try await ArchiveScene()
        let destination: RouteDestination
        switch place {
        case .folder:
            (source, bucket) = (scene.server.folder.file("backup"), nil)
            destination = RouteDestination(configuration: .directory(DirectoryPlace(path: source)))
        case .bucket:
            let store = try await S3Server.shared(.seaweedFS)
            let bucket = try await store.makeBucket()
            (source, self.bucket) = (scene.server.folder.file("backup.json"), bucket)
            let (endpoint, secret) = ("http://127.0.0.1:\(store.port)", S3Server.secretKey)
            destination = RouteDestination(
                configuration: .bucket(
                    BucketPlace(
                        endpoint: endpoint, bucket: bucket.name, prefix: "wayside", accessKey: S3Server.accessKey)),
                secrets: ["secret_key": secret])
            try Data(
                """
                {"kind": "bucket", "endpoint": "\(endpoint)", "bucket": "\(bucket.name)", "prefix": "wayside",
                 "access_key": "\(S3Server.accessKey)", "secrets": {"secret_key": "\(secret)"}}
                """.utf8
            ).write(to: URL(filePath: source))
        }
        self.scene = scene
        try await Self.add(destination, to: scene.server.data)
        try await waitUntilWhole()
    }

    private static func add(_ destination: RouteDestination, to data: String) async throws {
        let engine = try await SQLiteEngine(
            path: "\(data)/catalogue.sqlite", migrations: CatalogueEngines.sqlite.migrations)
        let catalogue = Catalogue(engine: engine)
        let labels = try await catalogue.labels.list(viewer: .system).map(\.id)
        _ = try await catalogue.routes.create(
            Route(
                name: "backup", labels: labels, contents: [.backup], destinations: [destination], whenHidden: .keep))
        try engine.close()
    }

    /// Until the catalogue of the backup knows that everything has been brought.
    private func waitUntilWhole() async throws {
        try await eventually { try await manifest().map(Self.isWhole) ?? false }
    }

    /// Nil while there is none.
    private func manifest() async throws -> Data? {
        guard let bucket else { return FileManager.default.contents(atPath: "\(source)/wayside-backup.json") }
        let store = try await S3Server.shared(.seaweedFS)
        let answer = try await store.request("GET", "/\(bucket.name)/wayside/wayside-backup.json", query: [])
        return answer.status == 200 ? Data(answer.body.utf8) : nil
    }

    private static func isWhole(_ manifest: Data) throws -> Bool {
        let object = try JSONSerialization.jsonObject(with: manifest) as? [String: Any]
        let rows = object?["rows"] as? [String: Int]
        return rows?["outbox"] == 0 && rows?["pictures"] == 3 && (rows?["deliveries"] ?? 0) >= 12
    }

    /// Tables that no look at the server changes.
    static let lasting = [
        "accounts", "camera_labels", "grants", "upload_sets", "upload_files", "pictures", "sequences",
        "sequence_figures", "place_counts", "originals", "corrections", "annotations", "annotation_tags",
        "upload_set_tags", "reports", "excluded_areas", "tag_history", "routes", "deliveries",
    ]

    /// The server is gone, with everything it had here.
    func lose() async throws {
        try await server.stop()
        try FileManager.default.removeItem(atPath: server.data)
    }
}
