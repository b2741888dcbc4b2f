import Catalogue
import DarkroomProtocol
import Domain
import Foundation
import Logging
import Pipeline
import Synchronization
import TestSupport
import Testing

@Suite("Figures that are written down", .timeLimit(.minutes(5)))
struct SamplingTests {
    /// A clock that a test moves, and what darkrooms have taken.
    private final class World: Sendable {
        private let state = Mutex((now: TestCatalogue.epoch, usage: DarkroomUsage(), sleeps: 0))
        private let (ticks, wake) = AsyncStream.makeStream(of: Void.self)

        var now: Date { state.withLock { $0.now } }
        var usage: DarkroomUsage { state.withLock { $0.usage } }
        var sleeps: Int { state.withLock { $0.sleeps } }

        func pass(_ span: Duration, usage: DarkroomUsage) {
            state.withLock { state in
                state.now += Double(span.components.seconds)
                state.usage = usage
            }
            wake.yield()
        }

        var clock: ServiceClock {
            ServiceClock(now: { self.now }) { _ in
                self.state.withLock { $0.sleeps += 1 }
                for await _ in self.ticks { return }
                throw CancellationError()
            }
        }
    }

    private static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    @Test("the instance is looked at every ten minutes")
    func pace() async throws {
        let test = try await TestCatalogue()
        let world = World()
        let samples = test.catalogue.samples
        let service = SamplingService(
            samples: samples, usage: { world.usage }, disk: { (free: 1, size: 2) }, clock: world.clock,
            logger: Self.quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            try await eventually { world.sleeps == 1 }
            world.pass(SamplingService.pace, usage: DarkroomUsage(seconds: 12, made: 5))
            try await eventually { world.sleeps == 2 }
            world.pass(SamplingService.pace, usage: DarkroomUsage(seconds: 30, made: 11))
            try await eventually { world.sleeps == 3 }
            group.cancelAll()
        }
        let list = try await samples.list(from: .distantPast, to: .distantFuture)
        #expect(list.map(\.made) == [0, 5, 11] && list.map(\.darkroomSeconds) == [0, 12, 30])
        #expect(
            list.map(\.at.timeIntervalSince1970).map { $0 - TestCatalogue.epoch.timeIntervalSince1970 } == [
                0, 600, 1200,
            ])
        #expect(list.allSatisfy { $0.diskFree == 1 && $0.diskSize == 2 })
    }

    @Test("what could not be written is in the next sample")
    func lost() async throws {
        let test = try await TestCatalogue()
        let world = World()
        let broken = SampleStore(engine: FailingEngine(test.catalogue.engine, failures: 1))
        let service = SamplingService(
            samples: broken, usage: { world.usage }, disk: { nil }, clock: world.clock, logger: Self.quiet)
        world.pass(.seconds(0), usage: DarkroomUsage(seconds: 7, made: 2))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            // The first tick was there before the first sleep.
            try await eventually { world.sleeps == 2 }
            group.cancelAll()
        }
        let list = try await test.catalogue.samples.list(from: .distantPast, to: .distantFuture)
        #expect(list.map(\.made) == [2] && list.first?.diskFree == nil)
    }

    @Test("what children take is added up, and only pictures that were made count")
    func usage() async throws {
        let folder = try TemporaryFolder()
        let settings = try FakeDarkroom.settings(in: folder.path, children: 1)
        let pool = DarkroomPool(settings: settings, logger: Self.quiet)
        func request(_ id: Int64, _ source: String, _ work: TreatmentRequest.Work) -> TreatmentRequest {
            TreatmentRequest(
                id: id, work: work, source: "/staging/\(source)", outputFolder: nil,
                policy: RedactionPolicy(preset: .none), maximumPixels: 1)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await pool.run() }
            // Answered as refused: time is taken and nothing is made. A shell takes its ten milliseconds sooner or later.
            var id: Int64 = 0
            try await eventually {
                id += 1
                _ = try await pool.treat(request(id, "picture", .develop))
                return pool.usage.seconds > 0
            }
            #expect(pool.usage.made == 0)
            group.cancelAll()
        }
    }
}

/// Fails the first times that somebody reads.
private final class FailingEngine: SQLEngine {
    private let base: any SQLEngine
    private let left: Mutex<Int>

    init(_ base: any SQLEngine, failures: Int) {
        self.base = base
        left = Mutex(failures)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let fails = left.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        guard !fails else { throw Failure(.unavailable, "Not now.") }
        return try await base.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value { try await base.write(body) }

    func dataVersion() async throws -> Int64 { try await base.dataVersion() }
}
