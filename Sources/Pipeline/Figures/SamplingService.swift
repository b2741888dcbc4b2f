import Catalogue
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Looks at the instance every few minutes, for figures that cannot be told afterwards.
package struct SamplingService: Service {
    private let samples: SampleStore
    private let usage: @Sendable () -> DarkroomUsage
    private let disk: @Sendable () -> (free: Int64, size: Int64)?
    private let clock: ServiceClock
    private let logger: Logger

    /// Between two looks.
    package static let pace = Duration.seconds(600)

    /// - Parameters:
    ///   - usage: what darkroom children have taken since the server began.
    ///   - disk: bytes of the disk with the data folder; nil when the system does not say.
    package init(
        samples: SampleStore, usage: @escaping @Sendable () -> DarkroomUsage,
        disk: @escaping @Sendable () -> (free: Int64, size: Int64)?, clock: ServiceClock = .system, logger: Logger
    ) {
        self.samples = samples
        self.usage = usage
        self.disk = disk
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var written = DarkroomUsage()
            repeat { written = await look(written) } while (try? await clock.sleep(Self.pace)) != nil
        }
    }

    /// - Parameter written: of the usage, what samples say already.
    /// - Returns: the same, afterwards.
    private func look(_ written: DarkroomUsage) async -> DarkroomUsage {
        let (now, moment) = (usage(), clock.now())
        let more = DarkroomUsage(seconds: now.seconds - written.seconds, made: now.made - written.made)
        do {
            try await samples.take(at: moment, usage: more, disk: disk())
            try await samples.thin(at: moment)
            return now
        } catch {
            if !Task.isCancelled {
                logger.error("The figures of this moment could not be written", metadata: ["reason": "\(error)"])
            }
            return written
        }
    }
}
