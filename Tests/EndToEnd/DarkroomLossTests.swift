import Domain
import Foundation
import Glibc
import TestSupport
import Testing

/// What passes must pass: children that die or hang, models that are gone for a while.
@Suite("A darkroom that is lost in the middle of its work", .timeLimit(.minutes(10)))
struct DarkroomLossTests {
    /// Large enough to be caught at work on.
    private func picture(_ index: Int) -> Data {
        var jpeg = TestJPEG.drive(index)
        jpeg.width = 2_400
        jpeg.height = 1_600
        return jpeg.data()
    }

    private func send(_ range: Range<Int>, to batch: Batch) async throws {
        for index in range { _ = try await batch.send(picture(index), name: "\(index).jpg") }
    }

    /// A child that has a picture's working folder open at this moment.
    private func busyChild(of folder: DataFolder) async throws -> Int32 {
        var busy: Int32?
        try await eventually(within: .seconds(60)) {
            let isWorking = try !FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/darkroom").isEmpty
            busy = isWorking ? folder.children().first : nil
            return busy != nil
        }
        return try #require(busy)
    }

    @Test("kill −9 of a child in the middle of a picture: the batch is finished by others, and nothing breaks")
    func killed() async throws {
        let server = try BuiltServer(["WAYSIDE_DARKROOM_PROCESSES": "1"])
        try await server.start()
        let batch = try await Batch.open(on: server, redacting: true)
        try await send(0..<6, to: batch)
        var victims: Set<Int32> = []
        // Each kill may cost the same picture an attempt, and three would be taken for its fault.
        for _ in 0..<2 {
            let victim = try await busyChild(of: DataFolder(path: server.data))
            #expect(kill(victim, SIGKILL) == 0)
            try await eventually { kill(victim, 0) == -1 }
            victims.insert(victim)
        }
        try await batch.finish()
        #expect(victims.count == 2)
        try await expectAllPrepared(batch, 6)
        #expect(server.log.contains("A darkroom child was lost"))
        #expect(server.isRunning)
    }

    @Test("a child that hangs is ended when its time is over, and the batch is finished")
    func hung() async throws {
        let server = try BuiltServer(["WAYSIDE_DARKROOM_PROCESSES": "1", "WAYSIDE_DARKROOM_TIME_LIMIT": "25"])
        try await server.start()
        let batch = try await Batch.open(on: server, redacting: true)
        try await send(0..<4, to: batch)
        let victim = try await busyChild(of: DataFolder(path: server.data))
        #expect(kill(victim, SIGSTOP) == 0)
        try await batch.finish()
        #expect(kill(victim, 0) == -1)
        try await expectAllPrepared(batch, 4)
        #expect(server.log.contains("hung"))
    }

    @Test("a model that is gone at the start keeps pictures waiting, which is said, until it is back")
    func missingAtStart() async throws {
        let models = try Models()
        try models.hide()
        let server = try BuiltServer(["WAYSIDE_MODELS": models.folder, "WAYSIDE_DARKROOM_PROCESSES": "1"])
        try await server.start()
        let batch = try await Batch.open(on: server, redacting: true)
        try await send(0..<2, to: batch)
        try await expectSaid(server, batch)
        try models.restore()
        try await batch.finish()
        try await expectAllPrepared(batch, 2)
        #expect(try await server.command(["check"]).status == 0)
    }

    @Test("a models folder that is taken away while the server runs keeps pictures waiting until it is back")
    func vanished() async throws {
        let models = try Models()
        let server = try BuiltServer(["WAYSIDE_MODELS": models.folder, "WAYSIDE_DARKROOM_PROCESSES": "1"])
        try await server.start()
        let batch = try await Batch.open(on: server, redacting: true)
        try await send(0..<1, to: batch)
        try await eventually(within: .seconds(120)) { try await batch.status().itemsStatus.prepared == 1 }
        // The folder itself goes, so that a child cannot hold on to it; the one that has its models in memory ends.
        try models.hide()
        for child in DataFolder(path: server.data).children() { _ = kill(child, SIGKILL) }
        try await send(1..<3, to: batch)
        try await expectSaid(server, batch)
        try models.restore()
        try await batch.finish()
        try await expectAllPrepared(batch, 3)
    }

    /// The state while a model is missing: nothing broken, and the reason on the status page and in `check`.
    private func expectSaid(_ server: BuiltServer, _ batch: Batch) async throws {
        try await eventually(within: .seconds(60)) {
            let report = try await server.command(["check"])
            return report.status != 0 && report.output.contains("to be tried again: ")
                && report.output.contains("model")
        }
        let status = try await batch.status().itemsStatus
        #expect(status.broken == 0 && status.rejected == 0)
        #expect(status.notProcessed + status.preparing > 0)
        let admin = Client(server, token: try await server.wayside("token", "create", "admin"))
        let page = try await admin.get("/admin/status", headers: ["Accept-Language": "en"])
        #expect(page.text.contains("tried again later: "), "\(page.status)")
    }

    private func expectAllPrepared(_ batch: Batch, _ count: Int) async throws {
        #expect(
            try await batch.status().itemsStatus
                == .init(prepared: count, preparing: 0, broken: 0, rejected: 0, notProcessed: 0))
        let folder = DataFolder(path: batch.server.data)
        try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
    }

    /// A models folder of a test's own, with set-up's models in it.
    private struct Models {
        private let place: TemporaryFolder
        var folder: String { place.file("models") }

        init() throws {
            place = try TemporaryFolder()
            let fetched = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: ".deps/models")
            try FileManager.default.copyItem(atPath: fetched.path, toPath: folder)
        }

        func hide() throws { try FileManager.default.moveItem(atPath: folder, toPath: place.file("elsewhere")) }

        /// Another folder of the same name: a rule for the old one does not hold for it.
        func restore() throws { try FileManager.default.copyItem(atPath: place.file("elsewhere"), toPath: folder) }
    }
}
