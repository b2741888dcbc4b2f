import Domain
import Foundation
import NIOHTTP1
import Storage
import StorageS3
import TestSupport
import Testing

/// One bucket, one server.
@Suite("A bucket and the server that it belongs to", .timeLimit(.minutes(5)))
struct S3ClaimTests {
    private let patience = Patience(attempts: 2, base: .milliseconds(1))

    private func write(_ store: S3Store, _ folder: TemporaryFolder) async throws -> ObjectKey {
        let (file, key) = (folder.file(UUID().uuidString), ObjectKey.derivative(PictureID(), revision: 1, .hd))
        try Data([1, 2, 3]).write(to: URL(filePath: file))
        try await store.put(key, fileAt: file)
        return key
    }

    @Test("a bucket that was gone at the start and turns out to be another server's is not changed")
    func strangers() async throws {
        let server = try await S3Server.shared(.seaweedFS)
        let bucket = try await server.makeBucket()
        let folder = try TemporaryFolder()
        let first = S3Store(bucket: bucket)
        try await first.claim(for: "first")
        let theirs = try await write(first, folder)
        try await FaultProxy.with(server.port, plan: { _ in .refused }) { proxy in
            let second = S3Store(bucket: try server.bucket(bucket.name, port: proxy.port), patience: patience)
            second.require(owner: "second")
            await #expect(throws: Failure.self) { try await second.claim(for: "second") }
            proxy.change { _ in nil }
            // What its janitor would do, and its pipeline.
            let attempts: [@Sendable () async throws -> Void] = [
                { try await second.delete(prefix: "pictures/") }, { _ = try await write(second, folder) },
                { try await second.move(prefix: "pictures/", to: "pictures/2/") }, { _ = try await second.sweep() },
            ]
            for attempt in attempts {
                let failure = await #expect(throws: Failure.self) { try await attempt() }
                // To be tried again: no picture is to blame.
                #expect(failure?.code == .unavailable)
            }
        }
        #expect(try await first.list(prefix: "pictures/", after: nil, limit: 9) == [theirs.path])
    }

    @Test("an empty one is taken by whoever comes first, many at once included, and then by nobody else")
    func taking() async throws {
        let bucket = try await S3Server.shared(.seaweedFS).makeBucket()
        let folder = try TemporaryFolder()
        let store = S3Store(bucket: bucket)
        store.require(owner: "first")
        let written = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<12 { group.addTask { try await write(store, folder).path } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(Set(try await store.list(prefix: "pictures/", after: nil, limit: 99)) == written)
        let other = S3Store(bucket: bucket)
        let failure = await #expect(throws: Failure.self) { try await other.claim(for: "second") }
        #expect(failure?.code == .conflict)
    }

    @Test("a name that somebody wrote with an editor counts, and one that is exchanged stops all writing")
    func exchanged() async throws {
        let server = try await S3Server.shared(.seaweedFS)
        let bucket = try await server.makeBucket()
        let folder = try TemporaryFolder()
        let store = S3Store(bucket: bucket)
        store.require(owner: "mine")
        let path = "/\(bucket.name)/.wayside-owner"
        #expect(try await server.request("PUT", path, body: "mine\n").status == 200)
        _ = try await write(store, folder)
        #expect(try await server.request("PUT", path, body: "theirs").status == 200)
        // As the server's watch looks every few hours.
        await #expect(throws: Failure.self) { try await store.claim(for: "mine") }
        await #expect(throws: Failure.self) { _ = try await write(store, folder) }
        #expect(try await server.request("PUT", path, body: "mine").status == 200)
        _ = try await write(store, folder)
    }
}
