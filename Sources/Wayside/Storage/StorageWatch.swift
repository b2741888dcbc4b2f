import Domain
import Logging
import ServiceLifecycle
import StorageS3

/// Looks after a bucket while the server runs: whether it is private, and what uploads have left half done.
struct StorageWatch: Service {
    let store: S3Store
    let owner: String
    let health: StorageHealth
    let logger: Logger

    /// Seconds until it looks again: when it could not, while strangers can get in, and when all is well.
    private static let (soon, exposed, later) = (30, 300, 6 * 3600)

    func run() async throws {
        while !Task.isShuttingDownGracefully {
            let seconds = await !look() ? Self.soon : health.exposures.isEmpty ? Self.later : Self.exposed
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(seconds)) }
            } catch is CancellationError {
                return
            }
        }
    }

    /// Whether the bucket could be looked at.
    func look() async -> Bool {
        do {
            try await store.claim(for: owner)
            let exposures = try await store.exposures()
            health.note(exposures)
            for sentence in exposures {
                logger.critical("THE BUCKET IS NOT SAFE: \(sentence)")
            }
            let removed = try await store.sweep()
            if removed > 0 {
                logger.notice("What was left half done in the bucket was removed", metadata: ["count": "\(removed)"])
            }
            return true
        } catch {
            let cause = (error as? Failure)?.underlying ?? error
            logger.error("The bucket could not be looked after", metadata: ["reason": "\(cause)"])
            return false
        }
    }
}
