import DarkroomProtocol
import Domain
import Foundation
import Glibc
import Logging
import Pipeline
import TestSupport
import Testing

@Suite("Supervising darkroom children", .timeLimit(.minutes(2)))
struct DarkroomPoolTests {
    private func request(_ source: String, id: Int64 = 1, work: TreatmentRequest.Work = .inspect) -> TreatmentRequest {
        TreatmentRequest(
            id: id, work: work, source: "/staging/\(source)", outputFolder: nil, policy: RedactionPolicy(preset: .none),
            maximumPixels: 1)
    }

    /// Runs a pool of fake children for the length of `body`.
    private func withPool(
        children: Int = 1, _ change: (inout DarkroomSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (DarkroomPool) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        var settings = try FakeDarkroom.settings(in: folder.path, children: children)
        change(&settings)
        let pool = DarkroomPool(settings: settings, logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await pool.run() }
            try await body(pool)
            group.cancelAll()
        }
    }

    /// The process id of the child that answered.
    private func child(_ pool: DarkroomPool, _ source: String = "picture", id: Int64 = 1) async throws -> Int32 {
        guard case .rejected(let answer) = try await pool.treat(request(source, id: id)),
            let pid = Int32(answer.message)
        else {
            throw Failure(.internalError, "The fake child answered something else.")
        }
        return pid
    }

    private func isAlive(_ pid: Int32) -> Bool { kill(pid, 0) == 0 }

    @Test("one child answers request after request")
    func longLived() async throws {
        try await withPool { pool in
            let first = try await child(pool, id: 1)
            for id in Int64(2)...20 { #expect(try await child(pool, id: id) == first) }
        }
    }

    @Test("several children work side by side")
    func sideBySide() async throws {
        try await withPool(children: 2, { $0.developLimit = .milliseconds(500) }) { pool in
            // The first hangs; the second still answers.
            let stuck = Task { try await pool.treat(request("hang", work: .develop)) }
            let pid = try await child(pool)
            #expect(isAlive(pid))
            await #expect(throws: DarkroomFault.hung) { try await stuck.value }
        }
    }

    @Test("a crash costs its picture an attempt, and the next one gets a new child")
    func crash() async throws {
        try await withPool { pool in
            let before = try await child(pool)
            await #expect(throws: DarkroomFault.crashed(signal: SIGSEGV)) { try await pool.treat(request("crash")) }
            let after = try await child(pool)
            #expect(after != before)
            #expect(!isAlive(before))
        }
    }

    @Test("a child that hangs is killed when its time is over")
    func hang() async throws {
        try await withPool({ $0.developLimit = .milliseconds(500) }) { pool in
            let before = try await child(pool)
            await #expect(throws: DarkroomFault.hung) { try await pool.treat(request("hang", work: .develop)) }
            #expect(!isAlive(before))
            #expect(try await child(pool) != before)
        }
    }

    @Test("an answer that is none, or another's, is not believed")
    func garbage() async throws {
        try await withPool { pool in
            await #expect(throws: DarkroomFault.unintelligible) { try await pool.treat(request("garbage")) }
            await #expect(throws: DarkroomFault.unintelligible) { try await pool.treat(request("other")) }
            _ = try await child(pool)
        }
    }

    @Test("a child that takes too much memory is killed at once")
    func memory() async throws {
        try await withPool({ $0.hardMemoryLimit = 60 << 20 }) { pool in
            await #expect(throws: DarkroomFault.tooMuchMemory) { try await pool.treat(request("grow")) }
            _ = try await child(pool)
        }
    }

    @Test("a child that has grown answers, and is replaced")
    func swollen() async throws {
        try await withPool({ $0.memoryLimit = 60 << 20 }) { pool in
            let before = try await child(pool, "swell")
            #expect(try await child(pool) != before)
        }
    }

    @Test("a child is replaced after its share of requests")
    func share() async throws {
        try await withPool({ $0.requestsPerChild = 3 }) { pool in
            var pids: [Int32] = []
            for id in Int64(1)...7 { pids.append(try await child(pool, id: id)) }
            #expect(Set(pids).count == 3)
            #expect(pids[0] == pids[2] && pids[3] == pids[5])
        }
    }

    @Test("a child that is unable to do its work is replaced: it may have started without what is there now")
    func unable() async throws {
        try await withPool { pool in
            let before = try await child(pool)
            guard case .failed(let text) = try await pool.treat(request("unable")) else {
                throw Failure(.internalError, "The fake child answered something else.")
            }
            #expect(Int32(text) == before)
            #expect(try await child(pool) != before)
        }
    }

    @Test("a child that has used up its processor time took too long")
    func spent() async throws {
        try await withPool { pool in
            await #expect(throws: DarkroomFault.hung) { try await pool.treat(request("spent")) }
            _ = try await child(pool)
        }
    }

    @Test("a child that nobody wants is sent away, and another comes when there is work again")
    func idle() async throws {
        try await withPool({ $0.idleLimit = .milliseconds(100) }) { pool in
            let before = try await child(pool)
            try await eventually { ChildWatch.residentMemory(of: before) ?? 0 == 0 }
            for id in Int64(2)...5 { #expect(try await child(pool, id: id) != before) }
        }
    }

    @Test("complaints on standard error do not hold a child up")
    func complaints() async throws {
        try await withPool { pool in _ = try await child(pool, "chatter") }
    }

    @Test("a program that cannot be started is nobody's fault")
    func missing() async throws {
        try await withPool({ $0.executable = "/nonexistent/darkroom" }) { pool in
            await #expect(throws: DarkroomFault.cannotStart) { try await pool.treat(request("picture")) }
        }
        #expect(!DarkroomFault.cannotStart.countsAgainstPicture)
    }

    @Test("a program that ends before its first answer could not start; later, it is the picture's fault")
    func ends() async throws {
        try await withPool { pool in
            await #expect(throws: DarkroomFault.cannotStart) { try await pool.treat(request("quit")) }
            _ = try await child(pool)
            await #expect(throws: DarkroomFault.ended(code: 3)) { try await pool.treat(request("quit")) }
        }
    }

    @Test("a child inherits no variable of the server's environment")
    func environment() async throws {
        // The script exits with 7 when it sees one.
        setenv("SECRET", "s3cret", 1)
        try await withPool { pool in _ = try await child(pool) }
    }

    @Test("when the pool ends, its children are dead and every request is answered")
    func end() async throws {
        let folder = try TemporaryFolder()
        let settings = try FakeDarkroom.settings(in: folder.path)
        let pool = DarkroomPool(settings: settings, logger: Logger(label: "test"))
        let running = Task { await pool.run() }
        let pid = try await child(pool)
        let inWork = Task { try await pool.treat(request("hang")) }
        let waiting = Task { try await pool.treat(request("picture", id: 2)) }
        try await eventually { pool.waiting == 1 }
        running.cancel()
        await running.value
        await #expect(throws: CancellationError.self) { try await inWork.value }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        await #expect(throws: CancellationError.self) { try await pool.treat(request("picture")) }
        #expect(!isAlive(pid))
    }

    @Test("inspections are taken before developments that came earlier")
    func urgency() async throws {
        try await withPool({ settings in
            settings.requestsPerChild = 1
            settings.inspectLimit = .seconds(1)
        }) { pool in
            let order = Notes<String>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Keeps the only child busy; it has been taken before the next one comes.
                group.addTask { _ = try? await pool.treat(request("touch", id: 1)) }
                try await eventually { FileManager.default.fileExists(atPath: pool.settings.workingFolder + "/busy") }
                group.addTask {
                    _ = try? await pool.treat(request("d", id: 2, work: .develop))
                    order.add("develop")
                }
                try await eventually { pool.waiting == 1 }
                group.addTask {
                    _ = try? await pool.treat(request("i", id: 3))
                    order.add("inspect")
                }
                try await group.waitForAll()
            }
            #expect(order.all == ["inspect", "develop"])
        }
    }
}
