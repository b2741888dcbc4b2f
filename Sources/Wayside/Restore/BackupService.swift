import Catalogue
import Delivery
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Keeps the catalogue of each backup as new as the pictures beside it.
struct BackupService: Service {
    let settings: Settings
    let catalogue: Catalogue
    let opening: DestinationOpening
    let logger: Logger

    private struct Place: Hashable {
        let route: RouteID
        let number: Int
    }

    /// Of a destination, since this server runs.
    private struct Done {
        let version: Int64
        /// When the next one may be sent at the earliest.
        let next: ContinuousClock.Instant
        /// From when on it is sent even while pictures are on their way.
        let latest: ContinuousClock.Instant
    }

    private static let pace = Duration.seconds(3)
    /// Between two of a destination at least, and as many times as long as one took: it never takes more than a part of
    /// the machine.
    private static let (shortest, share) = (Duration.seconds(10), 20)
    /// For how long it waits for pictures that are still on their way.
    private static let patience = Duration.seconds(900)

    func run() async throws {
        var done: [Place: Done] = [:]
        while !Task.isShuttingDownGracefully {
            await look(&done)
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.pace) }
            } catch is CancellationError {
                return
            }
        }
    }

    private func look(_ done: inout [Place: Done]) async {
        do {
            for route in try await catalogue.routes.list() where route.isEnabled && route.contents.contains(.backup) {
                for destination in route.destinations { try await send(route, destination, &done) }
            }
        } catch {
            logger.error("Backups could not be looked at", metadata: ["reason": "\(error)"])
        }
    }

    private func send(_ route: Route, _ destination: RouteDestination, _ done: inout [Place: Done]) async throws {
        let place = Place(route: route.id, number: destination.number)
        // Of before: what is written meanwhile is for the next.
        let version = try await catalogue.engine.dataVersion()
        let start = ContinuousClock.now
        let last = done[place] ?? Done(version: -1, next: start, latest: start + Self.patience)
        done[place] = last
        guard last.version != version, start >= last.next else { return }
        // A catalogue that names files which are there is worth more than a newer one.
        if start < last.latest, try await catalogue.outbox.owes(route.id, destination.number) { return }
        do {
            let backup = CatalogueBackup(
                data: settings.data, migrations: settings.migrationsFolder,
                destination: try await opening.open(destination))
            try await backup.send()
            let pause = max(Self.shortest, (ContinuousClock.now - start) * Self.share)
            done[place] = Done(version: version, next: .now + pause, latest: .now + Self.patience)
        } catch {
            done[place] = Done(version: -1, next: .now + Self.shortest, latest: last.latest)
            logger.error(
                "The catalogue could not be brought to a backup",
                metadata: ["route": "\(route.id)", "destination": "\(destination.number)", "reason": "\(error)"])
        }
    }
}
