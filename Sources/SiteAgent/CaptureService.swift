import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Takes pictures by a schedule, one after the other: a moment that comes while a command still runs is passed over.
package struct CaptureService: Service {
    private let command: CaptureCommand
    private let schedule: CaptureSchedule
    private let logger: Logger

    package init(_ command: CaptureCommand, _ schedule: CaptureSchedule, logger: Logger) {
        self.command = command
        self.schedule = schedule
        self.logger = logger
    }

    /// What has happened so far.
    package struct Tally: Hashable, Sendable {
        package var taken = 0
        package var failed = 0
        package var passedOver = 0

        package init() {}
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var tally = Tally()
            var last = Date.now
            do {
                while true {
                    let slot = schedule.next(after: last)
                    // In short steps: clocks are set, and machines sleep.
                    while Date.now < slot {
                        try await Task.sleep(for: .seconds(min(30, max(0.01, slot.timeIntervalSinceNow))))
                    }
                    try await take(slot, &tally)
                    last = max(slot, .now)
                    note(passedOver: schedule.count(after: slot, before: last), &tally)
                }
            } catch {
                logger.notice(
                    "Captures end",
                    metadata: [
                        "taken": "\(tally.taken)", "failed": "\(tally.failed)", "passed_over": "\(tally.passedOver)",
                    ])
            }
        }
    }

    /// Runs the command once. Throws only what a stopped task throws.
    package func take(_ slot: Date, _ tally: inout Tally) async throws {
        do {
            try await command.run()
            tally.taken += 1
            logger.info("Captured", metadata: ["due": "\(RFC3339.string(slot))"])
        } catch let failure as Failure {
            tally.failed += 1
            logger.warning(
                "A capture failed",
                metadata: [
                    "due": "\(RFC3339.string(slot))", "reason": "\(FolderAgent.text(failure))",
                    "failed": "\(tally.failed)", "taken": "\(tally.taken)",
                ])
        }
    }

    private func note(passedOver count: Int, _ tally: inout Tally) {
        guard count > 0 else { return }
        tally.passedOver += count
        logger.warning(
            "Captures were passed over: the one before was still under way", metadata: ["count": "\(count)"])
    }
}
