import Catalogue
import Domain
import Foundation
import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Sends what routes owe: each destination by a lane of its own, so that one that is slow or down holds up no other.
package struct DeliveryService: Service {
    private let catalogue: Catalogue
    private let sources: FileSources
    private let opening: DestinationOpening
    private let settings: DeliverySettings
    private let clock: ServiceClock
    private let logger: Logger
    /// Names this run in the outbox.
    private let worker = Identifier<DeliveryService>().string
    private let running = RunningLanes()

    package init(
        catalogue: Catalogue, sources: FileSources, opening: DestinationOpening,
        settings: DeliverySettings = DeliverySettings(), clock: ServiceClock = .system, logger: Logger
    ) {
        self.catalogue = catalogue
        self.sources = sources
        self.opening = opening
        self.settings = settings
        self.clock = clock
        self.logger = logger
    }

    /// Works until the server stops. What is under way then is begun anew at the next start.
    package func run() async throws {
        try await catalogue.outbox.reclaim(except: worker)
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                repeat { await startLanes(&group) } while (try? await clock.sleep(settings.pollInterval)) != nil
                group.cancelAll()
            }
        }
    }

    /// Delivers what is due now and may be sent, one destination after the other. False when nothing was.
    package func runOnce() async throws -> Bool {
        let all = try await due()
        for due in all where running.start(due) {
            defer { running.end(due) }
            try await lane(due)?.run()
        }
        return !all.isEmpty
    }

    private func startLanes(_ group: inout DiscardingTaskGroup) async {
        do {
            for due in try await due() where running.start(due) {
                group.addTask {
                    defer { running.end(due) }
                    await runLane(due)
                }
            }
        } catch is CancellationError {
            return
        } catch {
            logger.error("What routes owe cannot be looked at", metadata: ["error": "\(error)"])
        }
    }

    private func runLane(_ due: DestinationStore.Due) async {
        do {
            try await lane(due)?.run()
        } catch is CancellationError {
            return
        } catch {
            guard !Task.isCancelled else { return }
            logger.error(
                "A route could not be worked on",
                metadata: ["route": "\(due.routeID)", "destination": "\(due.number)", "error": "\(error)"])
        }
    }

    /// Those that something may be done for now.
    private func due() async throws -> [DestinationStore.Due] {
        let now = clock.now()
        let all = try await catalogue.destinations.due(at: now)
        guard !all.isEmpty else { return [] }
        let routes = try await catalogue.routes.list()
        return all.filter { due in
            guard let route = routes.first(where: { $0.id == due.routeID }) else { return false }
            return due.isUrgent || (route.isEnabled && (route.window?.contains(now) ?? true))
        }
    }

    private func lane(_ due: DestinationStore.Due) async throws -> DeliveryLane? {
        guard let route = try await catalogue.routes.find(due.routeID) else { return nil }
        return DeliveryLane(
            catalogue: catalogue, sources: sources, opening: opening, route: route, number: due.number, worker: worker,
            settings: settings, clock: clock, logger: logger)
    }
}
