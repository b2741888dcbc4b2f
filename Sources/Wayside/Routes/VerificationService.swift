import Catalogue
import Delivery
import Domain
import Foundation
import Logging
import ServiceLifecycle
import Storage
import Synchronization

/// Compares destinations of routes with what is known of them, one route after the other, for whoever asks over HTTP.
final class VerificationService: Service {
    private let catalogue: Catalogue
    private let opening: DestinationOpening
    private let scratch: ScratchFolder
    private let logger: Logger
    /// The last of each route, since this server runs.
    private let runs = Mutex<[RouteID: RouteComparison.Run]>([:])
    private let asked: AsyncStream<RouteID>
    private let ask: AsyncStream<RouteID>.Continuation

    init(catalogue: Catalogue, opening: DestinationOpening, scratch: ScratchFolder, logger: Logger) {
        self.catalogue = catalogue
        self.opening = opening
        self.scratch = scratch
        self.logger = logger
        (asked, ask) = AsyncStream.makeStream()
    }

    /// What is known of a route's last comparison.
    func last(_ route: RouteID) -> RouteComparison.Run? { runs.withLock { $0[route] } }

    /// Queues a route. Throws `.conflict` while one of it goes on.
    func start(_ route: RouteID, rehash: Bool, repair: Bool) throws -> RouteComparison.Run {
        let run = try runs.withLock { runs in
            if let last = runs[route], last.finishedAt == nil {
                throw Failure(.conflict, "The route is being compared already.")
            }
            let run = RouteComparison.Run(startedAt: .now, rehashes: rehash, repairs: repair)
            runs[route] = run
            return run
        }
        ask.yield(route)
        return run
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await route in self.asked {
                await self.compare(route)
                self.change(route) { $0.finishedAt = .now }
            }
        }
    }

    private func compare(_ id: RouteID) async {
        do {
            guard let route = try await catalogue.routes.find(id), let run = last(id) else { return }
            for place in route.destinations {
                let comparison = await compare(route, place, run)
                change(id) { $0.destinations.append(comparison) }
            }
        } catch {
            logger.error("A route could not be compared", metadata: ["route": "\(id)", "reason": "\(error)"])
        }
    }

    private func compare(
        _ route: Route, _ place: RouteDestination, _ run: RouteComparison.Run
    ) async -> RouteComparison {
        do {
            return try await RouteVerification(
                catalogue: catalogue, route: route, number: place.number, destination: try await opening.open(place),
                scratch: scratch, rehashes: run.rehashes, repairs: run.repairs
            ).run { [self] finding in
                change(route.id) { run in
                    guard run.findings.count < RouteComparison.Run.most else { return }
                    run.findings.append(.init(destination: place.number, finding: finding))
                }
            }
        } catch {
            var comparison = RouteComparison(number: place.number)
            comparison.problem = (error as? Failure)?.message ?? "The destination could not be looked at."
            return comparison
        }
    }

    private func change(_ route: RouteID, _ change: (inout RouteComparison.Run) -> Void) {
        runs.withLock { runs in
            guard var run = runs[route] else { return }
            change(&run)
            runs[route] = run
        }
    }
}
