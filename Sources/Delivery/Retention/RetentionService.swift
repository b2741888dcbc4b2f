import Catalogue
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Lets go every hour of what camera labels keep no longer.
package struct RetentionService: Service {
    private let retention: RetentionStore
    private let now: @Sendable () -> Date
    private let logger: Logger
    /// Tells the pipeline that there is something to remove.
    private let queued: @Sendable () -> Void

    private static let pause = Duration.seconds(3600)

    package init(
        retention: RetentionStore, logger: Logger, now: @escaping @Sendable () -> Date = { .now },
        queued: @escaping @Sendable () -> Void
    ) {
        self.retention = retention
        self.now = now
        self.logger = logger
        self.queued = queued
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do {
                    _ = try await apply()
                } catch {
                    guard !Task.isCancelled else { return }
                    logger.error("What is kept no longer could not be let go of", metadata: ["reason": "\(error)"])
                }
            } while (try? await Task.sleep(for: Self.pause)) != nil
        }
    }

    /// Every rule once, in short transactions; what went, by rule.
    @discardableResult
    package func apply() async throws -> [(plan: RetentionPlan, gone: Int)] {
        var result: [(RetentionPlan, Int)] = []
        for rule in try await retention.rules() {
            let plan = try await retention.plan(rule, at: now())
            var (gone, point) = (0, RetentionPoint?.none)
            repeat {
                let part = try await retention.letGo(plan, after: point, at: now())
                (gone, point) = (gone + part.count, part.end)
                if part.count > 0 { queued() }
                try Task.checkCancellation()
            } while point != nil
            if gone > 0 {
                logger.notice(
                    "Files were kept long enough",
                    metadata: ["label": "\(rule.labelID)", "class": "\(rule.what.rawValue)", "count": "\(gone)"])
            }
            result.append((plan, gone))
        }
        return result
    }
}
