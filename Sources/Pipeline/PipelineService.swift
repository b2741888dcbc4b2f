import Catalogue
import Domain
import Foundation
import Logging
import Metrics
import ServiceLifecycle
import Storage

/// The workers behind the job table: they claim what is due, have the darkroom do it, and record the outcome.
package struct PipelineService: Service {
    let catalogue: Catalogue
    let settings: PipelineSettings
    let clock: ServiceClock
    let logger: Logger
    let signal = WakeSignal()
    /// The same, for the worker that hides.
    let hiding = WakeSignal()
    /// Ends when the service is told to stop.
    let stopping = WakeSignal()
    let held = HeldJobs()
    let brake = Brake()
    let line = WaitingLine<Job> { $0.step.isUrgent }
    let pool: DarkroomPool
    let runner: JobRunner
    let janitor: Janitor
    /// Copies of pictures at other sizes; made while the service runs.
    package let renditions: Renditions
    /// Names this run in the job table.
    let worker: String

    package init(
        catalogue: Catalogue, store: any ObjectStore, staging: StagingFolder, scratch: ScratchFolder,
        settings: PipelineSettings, clock: ServiceClock = .system, logger: Logger
    ) {
        self.catalogue = catalogue
        self.settings = settings
        self.clock = clock
        self.logger = logger
        worker = Identifier<PipelineService>().string
        pool = DarkroomPool(settings: settings.darkroom, clock: clock, logger: logger)
        janitor = Janitor(
            catalogue: catalogue, store: store, staging: staging, receiptsKept: settings.receiptsKept, logger: logger)
        let folders = WorkingFolders(path: settings.darkroom.workingFolder), requests = RequestNumbers()
        renditions = Renditions(
            catalogue: catalogue, store: store, pool: pool, folders: folders, scratch: scratch, requests: requests)
        runner = JobRunner(
            catalogue: catalogue, store: store, staging: staging, pool: pool, folders: folders,
            models: ModelFolder(path: settings.darkroom.ownModelsFolder), held: held, brake: brake,
            requests: requests, settings: settings, clock: clock, logger: logger)
    }

    /// What darkroom children have taken since this began.
    package var usage: DarkroomUsage { pool.usage }

    /// Says that something may have been queued; cheap, from any task or thread.
    package var wake: @Sendable () -> Void {
        { [signal, hiding] in
            hiding.wake()
            signal.wake()
        }
    }

    /// Works until the server stops; then finishes what is in work, for a while, and puts the rest back.
    package func run() async throws {
        try await runner.folders.prepare()
        renditions.open()
        let reclaimed = try await catalogue.jobs.reclaim(except: worker, now: clock.now())
        if reclaimed > 0 {
            logger.notice("Jobs of an earlier run were taken over", metadata: ["jobs": "\(reclaimed)"])
        }
        wake()
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await work()
            } onGracefulShutdown: {
                stop()
            }
        } onCancel: {
            stop()
        }
        await tidy()
    }

    /// Claims nothing more, and lets the workers come to their end.
    private func stop() {
        signal.finish()
        hiding.finish()
        stopping.finish()
        line.close()
    }

    private enum Part {
        case background, workers, deadline
    }

    private func work() async {
        await withTaskGroup(of: Part.self) { group in
            group.addTask {
                await pool.run()
                return .background
            }
            group.addTask {
                await poll()
                return .background
            }
            group.addTask {
                await keepLeases()
                return .background
            }
            group.addTask {
                await keepTidy()
                return .background
            }
            group.addTask {
                await letGo()
                return .background
            }
            group.addTask {
                await workers()
                return .workers
            }
            group.addTask {
                await deadline()
                return .deadline
            }
            for await part in group where part != .background { break }
            // Kills the children that are still at work.
            group.cancelAll()
        }
    }

    private func workers() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await claim() }
            group.addTask { await conceal() }
            for _ in 0..<settings.workers { group.addTask { await takeJobs() } }
        }
    }

    /// Ends when pictures in work have had their time to finish.
    private func deadline() async {
        for await _ in stopping.signals {}
        try? await clock.sleep(settings.stopLimit)
    }

    private func takeJobs() async {
        while let job = await line.next() {
            signal.wake()
            await runner.run(job)
            signal.wake()
        }
    }
}
