import Foundation
import ServiceLifecycle

/// Follows the folder until it is told to stop.
package struct AgentService: Service {
    private let agent: FolderAgent
    /// Seconds between two looks.
    private let interval: TimeInterval

    package init(_ agent: FolderAgent, interval: TimeInterval = 1) {
        self.agent = agent
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var agent = agent
            do {
                while !Task.isCancelled {
                    _ = try await agent.look(at: .now)
                    try await Task.sleep(for: .seconds(interval))
                }
            } catch {
                // Told to stop; what was on its way is gone on with at the next start.
            }
        }
    }
}
