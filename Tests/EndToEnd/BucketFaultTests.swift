import Catalogue
import CatalogueSQLite
import Crypto
import Domain
import Foundation
import StorageS3
import Synchronization
import TestSupport
import Testing

/// `Tests/Faults/bucket-faults` does this with thousands of pictures and stalls, and with a store that is gone for long.
@Suite("The built server with a bucket that fails", .timeLimit(.minutes(10)))
struct BucketFaultTests {
    /// Stalls take their time, and are in the script.
    private static let faults = Fault.allCases.filter { $0 != .stall }

    /// One request in ten goes wrong, spread over all kinds of requests.
    private static func plan() -> FaultProxy.Plan {
        let number = Atomic(0)
        return { _ in
            let count = number.add(1, ordering: .relaxed).newValue
            guard count % 10 == (count / 10) % 10 else { return nil }
            return faults[count / 10 % faults.count]
        }
    }

    @Test("with one request in ten going wrong no picture is lost, none is doubled, and nothing is left over")
    func many() async throws {
        let (count, store) = (30, try await S3Server.shared(.seaweedFS))
        try await FaultProxy.with(store.port, plan: { _ in nil }) { proxy in
            let scene = try await BucketServer.make(port: proxy.port)
            let server = scene.server
            try await server.start()
            let batch = try await Batch.open(on: server)
            proxy.change(Self.plan())
            for index in 0..<count { _ = try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg") }
            try await batch.finish()
            #expect(try await batch.status().itemsStatus.prepared == count)
            // Read through the server while the store still fails: the right bytes, whichever requests that takes.
            let outcome = try await batch.outcome().flatMap { $0 }
            proxy.change { _ in nil }
            #expect(Set(outcome.map(\.name)).count == count)

            let expected = try await known(to: server)
            var found: [String: String] = [:]
            for object in try await scene.objects() {
                found[object] = SHA256.hash(data: try await store.object("/\(scene.bucket.name)/\(object)")).hexadecimal
            }
            #expect(found == expected && expected.count == 3 * count)
            #expect(served(outcome) == Set(expected.values))
            let folder = DataFolder(path: server.data)
            try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
            #expect(try await jobs(of: server) == 0)
            let tally = proxy.tally
            let wrong = Self.faults.reduce(0) { $0 + (tally[$1.rawValue] ?? 0) }
            #expect(wrong >= 20, "\(tally)")
        }
    }

    /// As the items' assets gave them: `SHA256 digest: …` each.
    private func served(_ outcome: [Batch.Outcome]) -> Set<String> {
        Set(outcome.flatMap { $0.hashes.values.map { String($0.split(separator: " ").last ?? "") } })
    }

    /// What the catalogue says each object must be.
    private func known(to server: BuiltServer) async throws -> [String: String] {
        try await withCatalogue(of: server) { catalogue in
            var files: [String: String] = [:]
            for picture in try await catalogue.archive.pictures(after: nil, limit: 1000) {
                let folder = "pictures/\(picture.id.string.prefix(2))/\(picture.id.string.dropFirst(2).prefix(2))"
                for derivative in picture.derivatives {
                    files["\(folder)/\(picture.id)/\(picture.revision)/\(derivative.kind.word).jpg"] = derivative.sha256
                }
            }
            return files
        }
    }

    private func jobs(of server: BuiltServer) async throws -> Int {
        try await withCatalogue(of: server) { try await $0.jobs.counts().values.reduce(0, +) }
    }

    private func withCatalogue<Value: Sendable>(
        of server: BuiltServer, _ body: (Catalogue) async throws -> Value
    ) async throws -> Value {
        let engine = try await SQLiteEngine(
            path: "\(server.data)/catalogue.sqlite", migrations: CatalogueEngines.sqlite.migrations)
        defer { try? engine.close() }
        return try await body(Catalogue(engine: engine))
    }
}

extension SHA256.Digest {
    fileprivate var hexadecimal: String { map { String(format: "%02x", $0) }.joined() }
}

extension Derivative.Kind {
    /// As files are called; these pictures have no tiles.
    fileprivate var word: String {
        switch self {
        case .hd: "hd"
        case .sd: "sd"
        case .thumb: "thumb"
        case .tile: "tile"
        }
    }
}
