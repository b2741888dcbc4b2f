import Catalogue
import Domain
import Foundation
import Logging
import Pipeline
import ServiceLifecycle
import Storage
import Synchronization
import TestSupport

/// A catalogue, a store, a staging folder and fake children: what a pipeline works on, for one test.
final class PipelineBench: Sendable {
    let test: TestCatalogue
    let folder: TemporaryFolder
    let store: DirectoryStore
    let staging: StagingFolder
    let set: UploadSet
    let scratch: ScratchFolder
    private let darkroom: DarkroomSettings
    /// Seconds the pipeline's clock is ahead of the real one.
    private let ahead = Mutex<TimeInterval>(0)

    init(children: Int = 2) async throws {
        test = try await TestCatalogue()
        folder = try TemporaryFolder()
        store = try DirectoryStore(root: folder.file("store"))
        staging = try StagingFolder(path: folder.file("staging"), reserve: 0)
        scratch = ScratchFolder(path: folder.file("scratch"))
        darkroom = try FakeDarkroom.settings(in: folder.path, children: children)
        let label = try await test.addLabel("CAM")
        let account = try await test.addAccount("driver", grants: [label])
        set = try await test.addUploadSet(by: account, label: label)
    }

    var catalogue: Catalogue { test.catalogue }

    /// Lets time go by for the pipeline: leases run out, retries fall due.
    func skip(_ seconds: TimeInterval) { ahead.withLock { $0 += seconds } }

    /// The time of day as the pipeline sees it.
    var now: Date { Date() + ahead.withLock { $0 } }

    /// - Parameter haste: the pipeline waits so many times shorter than it means to.
    func pipeline(
        store: (any ObjectStore)? = nil, haste: Double = 1, _ change: (inout PipelineSettings) -> Void = { _ in }
    ) -> PipelineService {
        var settings = PipelineSettings(darkroom: darkroom)
        settings.pollInterval = .milliseconds(20)
        change(&settings)
        let clock = ServiceClock(
            now: { [self] in now }, sleep: { try await Task.sleep(for: $0 / haste) })
        return PipelineService(
            catalogue: catalogue, store: store ?? self.store, staging: staging, scratch: scratch,
            settings: settings, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs a pipeline while `body` lasts, then stops it as a server does.
    func run(_ pipeline: PipelineService, _ body: () async throws -> Void) async throws {
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: pipeline)], logger: Logger(label: "test")))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body()
            } catch {
                tasks.cancelAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// A received file, durable and in the catalogue. `mood` is what the fake child makes of it.
    @discardableResult
    func admit(_ mood: String, path: String? = nil) async throws -> PictureID {
        let id = try await test.admit(TestPicture(path ?? "\(UUID()).jpg"), to: set)
        try mood.appending("\n").write(toFile: staging.path(of: id.string), atomically: true, encoding: .utf8)
        return id
    }

    /// A picture some metres north of the start, as many seconds later.
    @discardableResult
    func admitPicture(_ metres: Int) async throws -> PictureID {
        try await admit("picture 2.35 \(48.85 + Double(metres) * 0.000_009) \(metres)", path: "\(metres).jpg")
    }

    func picture(_ id: PictureID) async throws -> Picture? {
        try await catalogue.pictures.find(id, viewer: .system)
    }

    func staged() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: staging.path).sorted() }
    func stored() async throws -> [String] { try await store.list(prefix: "pictures/", after: nil, limit: 10_000) }

    /// What is left in the children's folder.
    func working() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: darkroom.workingFolder) }
    var workingFolder: String { darkroom.workingFolder }

    func queueIsEmpty() async throws -> Bool { try await catalogue.jobs.counts().isEmpty }
}
