import Catalogue
import Domain
import Foundation
import Logging
import Metrics

extension PipelineService {
    /// Claims whenever something may be due and the line runs short, many at a time: each claim is a durable write.
    func claim() async {
        for await _ in signal.signals {
            guard brake.wait(at: clock.now()) == 0 else { continue }
            await fillLine()
        }
    }

    private func fillLine() async {
        while line.count <= settings.ahead / 2 {
            do {
                let jobs = try await catalogue.jobs.claim(
                    worker: worker, limit: settings.ahead - line.count, now: clock.now(), lease: settings.lease,
                    besides: held.all.map(\.id))
                guard !jobs.isEmpty else { return }
                for job in jobs where held.add(job) { _ = line.append(job) }
                Gauge(label: "wayside.pipeline.held").record(held.all.count)
            } catch {
                logger.failure("No jobs can be claimed", error)
                return brake.pull(at: clock.now())
            }
        }
    }

    /// Hiding does not wait for pictures in work: it needs no darkroom, and has a worker of its own.
    func conceal() async {
        for await _ in hiding.signals { await concealDue() }
    }

    private func concealDue() async {
        do {
            while true {
                let jobs = try await catalogue.jobs.claimConcealing(
                    worker: worker, limit: settings.ahead, now: clock.now(), lease: settings.lease,
                    besides: held.all.map(\.id))
                guard !jobs.isEmpty else { return }
                for job in jobs where held.add(job) { await runner.run(job) }
            }
        } catch {
            // The next poll tries again.
            logger.failure("No pictures can be hidden", error)
        }
    }

    /// Notices what another process has queued, jobs that fall due again, and the end of a brake.
    func poll() async {
        var version: Int64?
        var due: Date?
        while (try? await clock.sleep(settings.pollInterval)) != nil {
            do {
                let current = try await catalogue.engine.dataVersion()
                if current != version {
                    due = try await catalogue.jobs.nextDue(now: clock.now())
                    version = current
                }
                if let due, due <= clock.now() { wake() }
            } catch {
                logger.failure("The queue cannot be looked at", error)
            }
        }
    }

    /// Renews what is held well before it runs out.
    func keepLeases() async {
        while (try? await clock.sleep(.seconds(settings.lease / 4))) != nil {
            let now = clock.now()
            let aging = held.all.filter { $0.leaseUntil < now + settings.lease * 0.7 }
            for job in aging { await renew(job, now + settings.lease) }
        }
    }

    private func renew(_ job: Job, _ until: Date) async {
        do {
            if try await catalogue.jobs.renew(job, worker: worker, until: until) {
                held.renewed(Job(id: job.id, step: job.step, attempt: job.attempt, leaseUntil: until))
            } else {
                logger.notice("A lease was lost", metadata: ["job": "\(job.id)"])
            }
        } catch {
            logger.failure("A lease cannot be renewed", error)
        }
    }

    func keepTidy() async {
        var round = 0
        repeat {
            await janitor.sweep(store: round % settings.storeRounds == 0)
            round += 1
        } while (try? await clock.sleep(settings.janitorInterval)) != nil
    }

    /// What somebody lets go must not wait for the janitor's next round.
    func letGo() async {
        while (try? await clock.sleep(settings.expiryInterval)) != nil {
            do {
                _ = try await janitor.removeExpiredOriginals(at: clock.now())
            } catch {
                logger.failure("Originals that were let go could not be removed", error)
            }
            do {
                if try await janitor.finishRemovals(at: clock.now()) > 0 { wake() }
            } catch {
                logger.failure("What was deleted and its time is over could not be removed", error)
            }
            do {
                _ = try await janitor.removeUnwantedParts(at: clock.now())
            } catch {
                logger.failure("Parts of files that were let go could not be removed", error)
            }
        }
    }

    /// Puts back what was claimed and not done, and empties the darkroom's folder. The service's own task may be
    /// cancelled by now, which must not stop this.
    func tidy() async {
        let putBack = Task {
            for job in held.all {
                do {
                    try await catalogue.jobs.release(job)
                    held.remove(job)
                } catch {
                    // The next start takes it over.
                    logger.failure("A job cannot be put back", error, ["job": "\(job.id)"])
                }
            }
            try? await runner.folders.prepare()
        }
        await putBack.value
    }
}
