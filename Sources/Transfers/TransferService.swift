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
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await lookAgain() }
                await work()
                group.cancelAll()
            }
        }
    }

    private func work() async {
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

    /// What failed for a while is tried again without anybody asking.
    private func lookAgain() async {
        repeat { wake() } while (try? await Task.sleep(for: .seconds(30))) != nil
    }

    /// All that are due, those first that have failed least, and then the oldest.
    package func runAll() async throws {
        while let transfer = try await catalogue.transfers.next(now: now()) {
            var run = TransferRun(transfer, catalogue: catalogue, intake: intake, allowed: allowed, now: now)
            if let failure = try await run.run(), failure.code == .internalError {
                logger.error("A transfer failed", metadata: ["error": "\(failure.underlying ?? failure)"])
            }
            queued()
            try Task.checkCancellation()
        }
    }
}
