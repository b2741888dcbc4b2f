import Catalogue
import Domain
import Foundation
import Intake
import Logging
import ServiceLifecycle

/// Fetches sequences from other servers, one transfer after the other.
package struct TransferService: Service {
    private let catalogue: Catalogue
    private let intake: Intake
    private let allowed: AllowedOrigins
    private let now: @Sendable () -> Date
    private let queued: @Sendable () -> Void
    private let logger: Logger
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// - Parameter queued: tells the pipeline that a picture was taken.
    package init(
        catalogue: Catalogue, intake: Intake, allowed: AllowedOrigins, logger: Logger,
        now: @escaping @Sendable () -> Date = { .now }, queued: @escaping @Sendable () -> Void
    ) {
        self.catalogue = catalogue
        self.intake = intake
        self.allowed = allowed
        self.logger = logger
        self.now = now
        self.queued = queued
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that a transfer was asked for; cheap, from any task or thread.
    package var wake: @Sendable () -> Void { { [signal] in signal.yield() } }

    /// Works until the server stops. What is under way then goes on at the next start.
    package func run() async throws {
        wake()
        await cancelWhenGracefulShutdown {
            for await _ in signals {
                do {
                    try await runAll()
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("A transfer could not be worked on", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// All that wait, the oldest first.
    package func runAll() async throws {
        while let transfer = try await catalogue.transfers.next() {
            var run = TransferRun(transfer, catalogue: catalogue, intake: intake, allowed: allowed, now: now)
            try await run.run()
            queued()
            try Task.checkCancellation()
        }
    }
}
