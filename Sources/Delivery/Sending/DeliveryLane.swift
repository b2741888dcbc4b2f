import Catalogue
import Domain
import Foundation
import Logging
import Metrics

/// The way to one destination: claims what is due for it and delivers it, until nothing is or it is down.
struct DeliveryLane: Sendable {
    let catalogue: Catalogue
    let sources: FileSources
    let opening: DestinationOpening
    let route: Route
    let number: Int
    let worker: String
    let settings: DeliverySettings
    let clock: ServiceClock
    let logger: Logger

    /// What happened to one entry.
    private enum Result: Sendable {
        case delivered, setBack, down
    }

    /// - Throws: `Failure` of the catalogue, `CancellationError`.
    func run() async throws {
        guard let place = route.destinations.first(where: { $0.number == number }) else { return }
        let destination: any Destination
        do {
            destination = try await opening.open(place)
            try await prepare(destination)
        } catch let failure as Failure {
            return try await down(failure)
        }
        let pace = route.rate.map { Pace(rate: $0, clock: clock) }
        while !Task.isCancelled {
            let maySend = route.isEnabled && (route.window?.contains(clock.now()) ?? true)
            let entries = try await catalogue.outbox.claim(
                route.id, number, worker: worker, limit: settings.batch, now: clock.now(), lease: settings.lease,
                urgentOnly: !maySend)
            guard !entries.isEmpty else { return }
            guard try await deliver(entries, to: destination, pace, maySend) else { return }
            // What administrators have changed meanwhile counts from the next picture on.
            guard try await catalogue.routes.find(route.id) == route else { return }
        }
    }

    private func prepare(_ destination: any Destination) async throws {
        guard try await !catalogue.destinations.isPrepared(route.id, number) else { return }
        try await destination.prepare()
        try await catalogue.destinations.prepared(route.id, number, at: clock.now())
    }

    /// Several at a time; gives back what it does not get to. False when the destination is down.
    private func deliver(
        _ entries: [OutboxEntry], to destination: any Destination, _ pace: Pace?, _ maySend: Bool
    ) async throws -> Bool {
        let held = HeldEntries(entries)
        // Of two pictures that get one name the newer one must be the last to be written.
        let width = route.newestOnly ? 1 : settings.width
        do {
            let isUp = try await withThrowingTaskGroup(of: Result.self) { group in
                var rest = entries[...]
                var isUp = true
                for entry in rest.prefix(width) {
                    group.addTask { try await deliver(entry, to: destination, pace, maySend, held) }
                }
                rest = rest.dropFirst(width)
                while let result = try await group.next() {
                    if result == .down { isUp = false }
                    guard isUp, let entry = rest.popFirst() else { continue }
                    group.addTask { try await deliver(entry, to: destination, pace, maySend, held) }
                }
                return isUp
            }
            try await release(held.all)
            return isUp
        } catch {
            // Also when this task was cancelled.
            try? await Task { try await release(held.all) }.value
            throw error
        }
    }

    private func release(_ entries: [OutboxEntry]) async throws {
        for entry in entries { try await catalogue.outbox.release(entry) }
    }

    private func deliver(
        _ entry: OutboxEntry, to destination: any Destination, _ pace: Pace?, _ maySend: Bool, _ held: HeldEntries
    ) async throws -> Result {
        let delivery = PictureDelivery(
            catalogue: catalogue, sources: sources, destination: destination, route: route, entry: entry, pace: pace,
            clock: clock)
        do {
            switch try await delivery.run(maySend: maySend) {
            case .done: try await catalogue.outbox.done(entry, at: clock.now())
            case .waiting: try await catalogue.outbox.settled(entry)
            }
            held.remove(entry)
            Counter(label: "wayside.delivery.pictures").increment()
            return .delivered
        } catch let setback as PictureDelivery.Setback {
            let result = try await handle(setback, of: entry, at: destination)
            held.remove(entry)
            return result
        }
    }

    /// Whether this picture is to blame, or the destination, is what the destination itself tells.
    private func handle(
        _ setback: PictureDelivery.Setback, of entry: OutboxEntry, at destination: any Destination
    ) async throws -> Result {
        let failure = setback.failure
        logger.notice(
            "A delivery has failed",
            metadata: [
                "route": "\(route.id)", "destination": "\(number)", "picture": "\(entry.pictureID)",
                "error": "\(failure.underlying ?? failure)",
            ])
        if setback.origin == .there {
            do {
                try await destination.check()
            } catch let fault as Failure {
                try Task.checkCancellation()
                try await catalogue.outbox.release(entry)
                try await down(fault)
                return .down
            }
        } else if [.unavailable, .noSpace].contains(failure.code) {
            // The server's own store does not answer: no picture can help that.
            let moment = clock.now().addingTimeInterval(settings.firstWait)
            try await catalogue.outbox.later(entry, at: moment, reason: failure.message, counts: false)
            return .setBack
        }
        if failure.code == .unprocessable || entry.attempts + 1 >= settings.attempts {
            try await catalogue.outbox.park(entry, reason: failure.message, at: clock.now())
            Counter(label: "wayside.delivery.parked").increment()
        } else {
            let moment = clock.now().addingTimeInterval(settings.wait(after: entry.attempts + 1))
            try await catalogue.outbox.later(entry, at: moment, reason: failure.message, counts: true)
        }
        return .setBack
    }

    private func down(_ failure: Failure) async throws {
        let failures = try await catalogue.destinations.failures(route.id, number)
        let now = clock.now()
        let pause = settings.pause(after: failures + 1)
        try await catalogue.destinations.down(
            route.id, number, reason: failure.message, at: now, retry: now.addingTimeInterval(pause))
        if failures == 0 {
            logger.warning(
                "A destination is down",
                metadata: [
                    "route": "\(route.id)", "destination": "\(number)", "error": "\(failure.underlying ?? failure)",
                ])
        }
    }
}
