import Catalogue
import Domain
import Foundation
import Intake
import Logging
import ServiceLifecycle

/// Watches one inbox while the server runs.
package struct InboxService: Service {
    private let watch: InboxWatch
    private let interval: TimeInterval
    private let taken: @Sendable () -> Void

    /// - Parameter taken: tells the pipeline that there is work.
    package init(_ watch: InboxWatch, interval: TimeInterval, taken: @escaping @Sendable () -> Void) {
        self.watch = watch
        self.interval = interval
        self.taken = taken
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var watch = watch
            do {
                while !Task.isCancelled {
                    let result = try await watch.look(at: .now)
                    if result.taken + result.completed > 0 { taken() }
                    try await Task.sleep(for: .seconds(interval))
                }
            } catch {
                // The server stops; what was under way is begun anew at the next start.
            }
        }
    }
}
