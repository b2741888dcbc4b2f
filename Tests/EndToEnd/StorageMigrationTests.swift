import Domain
import Foundation
import Glibc
import NIOHTTP1
import StorageS3
import Synchronization
import TestSupport
import Testing

@Suite("Moving the pictures into a bucket and back", .timeLimit(.minutes(10)))
struct StorageMigrationTests {
    @Test("killed in the middle it goes on where it was, and what comes out is what went in")
    func thereAndBack() async throws {
        let store = try await S3Server.shared(.seaweedFS)
        let bucket = try await store.makeBucket()
        let folder = try TemporaryFolder()
        let data = folder.file("data")
        let directory = try BuiltServer(["WAYSIDE_DATA": data])
        try await directory.start()
        let batch = try await Batch.open(on: directory)
        for index in 0..<8 { _ = try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg") }
        try await batch.finish()
        let before = try await batch.outcome()
        #expect(before.flatMap { $0 }.count == 8)

        // Beside the running server, through a way that stops in the middle: killed there.
        let puts = Mutex(0)
        let plan: FaultProxy.Plan = { head in
            guard head.method == .PUT, head.uri.contains("/pictures/") else { return nil }
            return puts.withLock { puts in
                puts += 1
                return puts > 9 ? .stall : nil
            }
        }
        try await FaultProxy.with(store.port, plan: plan) { proxy in
            var settings = try BucketServer.settings(bucket, port: proxy.port)
            settings["WAYSIDE_DATA"] = data
            let mover = try BuiltServer(settings)
            let process = try mover.launch(["storage", "migrate"])
            try await eventually { self.lines(of: data) >= 6 }
            kill(process, SIGKILL)
            try await eventually { !mover.isRunning }
            proxy.change { _ in nil }
            let copied = lines(of: data)

            let beside = try await mover.command(["storage", "migrate"])
            #expect(beside.status == 0 && beside.errors.contains("stop it and run this once more"), "\(beside.errors)")
            #expect(beside.errors.contains("\(24 - copied) files copied"), "\(beside.errors)")
            #expect(beside.errors.contains("\(copied) were there"), "\(beside.errors)")
        }
        try await directory.stop()
        var settings = try BucketServer.settings(bucket, port: store.port)
        settings["WAYSIDE_DATA"] = data
        let inBucket = try BuiltServer(settings)
        let early = try await inBucket.command(["serve"])
        #expect(early.status != 0 && early.errors.contains("wayside storage migrate"))
        // Somebody has deleted a file in the bucket: that is seen, and the next run puts it there again.
        let inside = BucketServer(server: inBucket, store: store, bucket: bucket)
        let victim = try #require(try await inside.objects().first)
        _ = try await store.request("DELETE", "/\(bucket.name)/\(victim)")
        let short = try await inBucket.command(["storage", "migrate"])
        #expect(short.status != 0 && short.errors.contains("run this once more"), "\(short.errors)")
        let last = try await inBucket.command(["storage", "migrate", "--remove-old"])
        #expect(last.status == 0 && last.errors.contains("are in the bucket"), "\(last.errors)")
        #expect(DataFolder(path: data).stored().isEmpty)
        try await inBucket.start()
        let moved = Batch(
            server: inBucket, client: Client(inBucket, token: batch.client.token), set: batch.set)
        #expect(try await moved.outcome() == before)
        try await inBucket.stop()

        // And back, the bucket still named in the settings.
        settings["WAYSIDE_STORAGE"] = "directory"
        let again = try BuiltServer(settings)
        let back = try await again.command(["storage", "migrate", "--remove-old"])
        #expect(back.status == 0, "\(back.errors)")
        #expect(DataFolder(path: data).stored().count == 24)
        let scene = BucketServer(server: again, store: store, bucket: bucket)
        #expect(try await scene.objects().isEmpty)
        try await again.start()
        let home = Batch(server: again, client: Client(again, token: batch.client.token), set: batch.set)
        #expect(try await home.outcome() == before)
    }

    /// Of the journal.
    private func lines(of data: String) -> Int {
        let bytes = FileManager.default.contents(atPath: "\(data)/storage-migration.s3") ?? Data()
        return bytes.count { $0 == UInt8(ascii: "\n") }
    }

    @Test("does not finish when a file is missing or damaged, and says which")
    func damaged() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        for index in 0..<2 { _ = try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg") }
        try await batch.finish()
        try await server.stop()
        let files = DataFolder(path: server.data).stored()
        let victim = try #require(files.first { $0.hasSuffix("hd.jpg") })
        try Data("something else".utf8).write(to: URL(filePath: "\(server.data)/\(victim)"))
        let store = try await S3Server.shared(.seaweedFS)
        var settings = try BucketServer.settings(try await store.makeBucket(), port: store.port)
        settings["WAYSIDE_DATA"] = server.data
        let mover = try BuiltServer(settings)
        let result = try await mover.command(["storage", "migrate", "--remove-old"])
        #expect(result.status != 0)
        #expect(result.errors.contains("1 file missing or damaged") && result.errors.contains(victim.dropFirst(6)))
        #expect(DataFolder(path: server.data).stored() == files)
        let skipped = try await mover.command(["storage", "migrate", "--skip-damaged"])
        #expect(skipped.status == 0, "\(skipped.errors)")
    }
}
