import Catalogue
import Domain
import Foundation
import Logging
import Metrics
import Storage
import Synchronization

/// Does one job, and decides what becomes of it when it fails.
struct JobRunner: Sendable {
    let catalogue: Catalogue
    let store: any ObjectStore
    let staging: StagingFolder
    let pool: DarkroomPool
    let folders: WorkingFolders
    /// The operator's own models.
    let models: ModelFolder
    let held: HeldJobs
    let brake: Brake
    let setbacks = Setbacks()
    let requests: RequestNumbers
    let settings: PipelineSettings
    let clock: ServiceClock
    let logger: Logger

    /// Ends the job in the catalogue in one way or another; leaves it held when the pipeline is stopping.
    func run(_ job: Job) async {
        let start = ContinuousClock.now
        do {
            guard job.attempt <= settings.claims || !job.step.mayBreakPicture else {
                throw Failure(.unprocessable, "The server stopped again and again while it worked on this picture.")
            }
            try await perform(job)
            brake.release()
            setbacks.forget(job)
            count(job, "done", since: start)
        } catch is CancellationError {
            return
        } catch let failure as Failure where failure.isLostLease {
            // Somebody deleted the picture meanwhile, and with it this job: `erase` removes what was made.
            logger.notice("A job was taken away", metadata: ["job": "\(job.id)", "step": "\(job.step.word)"])
            count(job, "lost", since: start)
        } catch {
            guard !Task.isCancelled else { return }
            count(job, "failed", since: start)
            await handle(error, of: job)
        }
        held.remove(job)
    }

    private func perform(_ job: Job) async throws {
        switch job.step {
        case .inspect(let id): try await inspect(id, job)
        case .develop(let id): try await develop(id, job)
        case .redact(let id), .rerun(let id): try await redact(id, job)
        case .dispatch(let id): try await dispatch(id, job)
        case .conceal(let id): try await conceal(id, job)
        case .erase(let id): try await erase(id, job)
        case .detect(let id, let model): try await detect(id, model, job)
        }
    }

    private func count(_ job: Job, _ outcome: String, since start: ContinuousClock.Instant) {
        let dimensions = [("step", job.step.word), ("outcome", outcome)]
        Counter(label: "wayside.pipeline.jobs", dimensions: dimensions).increment()
        Metrics.Timer(label: "wayside.pipeline.job.duration", dimensions: dimensions)
            .recordNanoseconds(Int64((ContinuousClock.now - start) / .nanoseconds(1)))
    }

    /// A fault of the picture counts, and the last one breaks it; anything else is tried again for as long as it takes.
    private func handle(_ error: any Error, of job: Job) async {
        let message = Self.message(of: error)
        do {
            if case .detect(let id, let model) = job.step, !isPassing(error) {
                return try await retryOrGiveUp(model, on: id, error, job)
            }
            let counts = Self.countsAgainstPicture(error)
            if !counts { brake.pull(at: clock.now()) }
            let tries = counts ? job.attempt : setbacks.add(job)
            guard let picture = job.step.picture, job.step.mayBreakPicture, tries >= allowance(for: error) else {
                let delay = settings.delay(attempt: tries, counts: counts)
                return try await retry(job, after: delay, counts: counts, message, error)
            }
            if case .rerun = job.step {
                try await catalogue.corrections.giveUp(picture, ending: job)
            } else if try await !giveUpBeside(picture, message, job) {
                try await catalogue.pictures.broken(picture, reason: message, ending: job)
            }
            setbacks.forget(job)
            logger.warning(
                "A picture was given up",
                metadata: ["picture": "\(picture)", "step": "\(job.step.word)", "error": "\(Logger.text(of: error))"])
        } catch let failure as Failure where failure.isLostLease {
            return
        } catch {
            // The lease runs out, and the job is claimed again.
            logger.failure("A job's failure could not be recorded", error, ["job": "\(job.id)"])
        }
    }

    func retry(
        _ job: Job, after delay: TimeInterval, counts: Bool, _ message: String, _ error: any Error
    ) async throws {
        logger.notice(
            "A job is tried again later",
            metadata: [
                "job": "\(job.id)", "step": "\(job.step.word)", "attempt": "\(job.attempt)", "seconds": "\(delay)",
                "error": "\(Logger.text(of: error))",
            ])
        guard counts else { return try await putBack(job, after: delay, message) }
        held.remove(job)
        try await catalogue.jobs.retry(job, at: clock.now() + delay, error: message)
    }

    /// For a reason that the picture cannot help: its attempt does not count.
    ///
    /// Lets go of the job first: once it is put back it may be claimed again at once, and what is held is not taken twice.
    func putBack(_ job: Job, after delay: TimeInterval, _ message: String) async throws {
        held.remove(job)
        try await catalogue.jobs.postpone(job, until: clock.now() + delay, reason: message)
    }

    /// How many attempts end in giving up.
    private func allowance(for error: any Error) -> Int {
        if Self.countsAgainstPicture(error) { return settings.attempts }
        if case .unable? = error as? DarkroomFault { return settings.patience }
        return .max
    }

    /// A fault that neither the picture nor a model is the cause of: no room, no darkroom.
    private func isPassing(_ error: any Error) -> Bool { allowance(for: error) == .max }

    private static func countsAgainstPicture(_ error: any Error) -> Bool {
        switch error {
        case let fault as DarkroomFault: fault.countsAgainstPicture
        case let failure as Failure:
            switch failure.code {
            case .noSpace, .unavailable, .tooMany: false
            default: true
            }
        default: true
        }
    }

    static func message(of error: any Error) -> String {
        switch error {
        case let fault as DarkroomFault: fault.message
        case let failure as Failure: failure.message
        default: "The picture could not be processed."
        }
    }
}

/// Numbers that tell an answer from the answer to something else.
final class RequestNumbers: Sendable {
    private let last = Atomic<Int64>(0)

    func next() -> Int64 { last.add(1, ordering: .relaxed).newValue }
}
