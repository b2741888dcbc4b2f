import Domain
import Foundation
import Glibc
import NIOHTTP1
import Synchronization
import TestSupport
import Testing

@Suite("The built site agent", .serialized, .timeLimit(.minutes(10)))
struct WatchTests {
    @Test(
        "keeps pictures while the link is down, delivers them through cuts and a kill, and prunes only what was verified"
    )
    func journey() async throws {
        let scene = try await WatchScene()
        try await FaultProxy.with(scene.server.port, plan: { _ in .refused }) { proxy in
            let agent = try scene.agent(port: proxy.port, ["--keep-size", "1MB", "--part-size", "150KB"])
            var sizes: [String: Int] = [:]
            for index in 0..<6 { sizes["G\(index).JPG"] = try scene.put(index, kilobytes: 300) }
            try agent.start()
            try await eventually { proxy.tally["refused", default: 0] > 0 }
            // Far more than there may be here, and nothing of it goes.
            #expect(scene.names() == sizes.keys.sorted())

            // Every third request breaks off in its middle, or its answer is lost.
            let count = Mutex(0)
            proxy.change { head in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                guard head.method == .PATCH || head.method == .POST, number % 3 == 0 else { return nil }
                return number % 2 == 0 ? .cutUpload : .lostAnswer
            }
            try await eventually { try await scene.received() > 0 }
            agent.kill()
            try await eventually { !agent.isRunning }
            try agent.start()
            try await eventually { try await scene.received() == 6 }
            // Three of them fit.
            try await eventually { scene.names() == ["G3.JPG", "G4.JPG", "G5.JPG"] }
            #expect(try await agent.stop() == 0)

            let files = try await scene.files()
            #expect(files.map(\.fileName).sorted() == sizes.keys.sorted())
            #expect(files.allSatisfy { $0.rejected == nil })
            #expect(Set(files.compactMap(\.pictureId)).count == 6)
            #expect(try await scene.sets().count == 1)
        }
    }

    @Test("with --once it delivers JPEG and what is refused is told by its exit code; then the pictures are a sequence")
    func once() async throws {
        let scene = try await WatchScene()
        for index in 0..<3 { _ = try scene.put(index) }
        let first = try await scene.once()
        #expect(first.status == 0 && first.output == "3 files delivered, 0 refused, 0 waiting")
        try await eventually { try await scene.sets().allSatisfy(\.ready) }
        #expect(try await scene.sets().flatMap(\.associatedCollections).count == 1)
        // Again: nothing is sent twice.
        #expect(try await scene.once().output == "0 files delivered, 0 refused, 0 waiting")
        try Data("a film".utf8).write(to: URL(filePath: scene.folder.file("GX.MP4")))
        let second = try await scene.once()
        #expect(second.status == 1 && second.output == "0 files delivered, 1 refused, 0 waiting")
        #expect(second.errors.contains("This is a video (MP4); only pictures are taken."))
        #expect(scene.names().contains("GX.MP4"))
    }

    @Test("what becomes no picture at the server stays here, whatever room it takes, with the reason")
    func unprepared() async throws {
        let scene = try await WatchScene()
        for index in 0..<2 { _ = try scene.put(index) }
        try scene.putUnplaced("G2.JPG")
        var cut = TestJPEG.drive(3)
        cut.width = 1_024
        try cut.data().dropLast(9_000).write(to: URL(filePath: scene.folder.file("G3.JPG")))
        let agent = try scene.agent(port: scene.server.port, ["--keep-size", "1KB", "--keep", "1s"])
        try agent.start()
        try await eventually { scene.names() == ["G2.JPG", "G3.JPG"] }
        try await eventually { agent.log.contains("it is kept here") && agent.log.contains("G3.JPG") }
        #expect(try await agent.stop() == 0)
        #expect(scene.names() == ["G2.JPG", "G3.JPG"])
    }

    @Test("with --hold-unplaced pictures that do not say where they were taken wait at the server to be told")
    func unplaced() async throws {
        let scene = try await WatchScene()
        try scene.putUnplaced("G1.JPG")
        #expect(try await scene.once("--hold-unplaced").status == 0)
        try await eventually { try await scene.files().map { $0.held != nil } == [true] }
    }

    @Test("a capture command writes pictures that are delivered; a wrong token loses nothing")
    func capture() async throws {
        let scene = try await WatchScene()
        try Data("wrong".utf8).write(to: URL(filePath: scene.tokens.file("token")))
        let picture = scene.tokens.file("picture.jpg")
        try TestJPEG.drive(1).data().write(to: URL(filePath: picture))
        let agent = try scene.agent(
            port: scene.server.port,
            ["--capture", "cp -n '\(picture)' shot.JPG", "--every", "1s", "--time-zone", "Europe/Paris"])
        try agent.start()
        try await eventually { scene.names() == ["shot.JPG"] }
        try await eventually { agent.log.contains("Nothing can be delivered") }
        #expect(try await agent.stop() == 0)
        #expect(agent.log.contains("Captures end"))
        try scene.allow()
        #expect(try await scene.once().output == "1 file delivered, 0 refused, 0 waiting")
    }

    @Test(
        "what makes no sense is refused before anything is done",
        arguments: [
            ["--every", "10m"], ["--capture", "true"], ["--capture", "'", "--every", "1m"], ["--keep", "30"],
            ["--time-zone", "Mars/North"], ["--capture", "true", "--every", "1m", "--between", "6-8"],
        ])
    func refused(_ options: [String]) async throws {
        let (server, folder) = (try BuiltServer(["WAYSIDE_TOKEN": "t"]), try TemporaryFolder())
        let result = try await server.command(
            ["watch", folder.path, "--label", "site 1", "--to", "http://127.0.0.1:1"] + options)
        #expect(result.status != 0)
        #expect(!result.errors.isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.allSatisfy { $0.hasPrefix(".") })
    }
}
