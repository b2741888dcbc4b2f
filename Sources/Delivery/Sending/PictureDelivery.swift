import Catalogue
import Domain
import Foundation

/// Brings the copies of one picture at one destination in line with the catalogue.
struct PictureDelivery: Sendable {
    let catalogue: Catalogue
    let sources: FileSources
    let destination: any Destination
    let route: Route
    let entry: OutboxEntry
    let pace: Pace?
    let clock: ServiceClock

    /// Whether something is left to do.
    enum Outcome: Sendable {
        case done
        /// What has to be taken back is; the rest waits for its window.
        case waiting
    }

    /// What stopped a delivery, and whose it is.
    struct Setback: Error {
        enum Origin { case here, there }

        let origin: Origin
        let failure: Failure
    }

    /// - Parameter maySend: false outside the route's window.
    /// - Throws: `Setback`, `CancellationError`.
    func run(maySend: Bool) async throws -> Outcome {
        let subject = try await here { try await catalogue.deliveries.subject(entry.pictureID, at: clock.now()) }
        let records = try await here {
            try await catalogue.deliveries.records(route.id, entry.destination, of: entry.pictureID)
        }
        let plan = DeliveryPlan(subject, route, records, newest: try await newest(subject))
        for record in plan.unwanted { try await takeBack(record) }
        if route.newestOnly, subject?.mayBeSeen != true { try await clearHalfReplaced() }
        guard let subject, !plan.wanted.isEmpty else { return .done }
        let rest = records.filter { !plan.unwanted.contains($0) }
        guard maySend else {
            let revision = subject.picture.revision
            let isDone = plan.wanted.allSatisfy { file in rest.contains { file.isInLine($0, revision: revision) } }
            return isDone ? .done : .waiting
        }
        for file in plan.wanted {
            let name = try await bring(file, of: subject, rest)
            for record in plan.stale(file, at: name, rest) { try await takeBack(record) }
        }
        for record in plan.outdated { try await takeBack(record) }
        return .done
    }

    /// The name under which the file lies there now.
    private func bring(
        _ file: WantedFile, of subject: DeliverySubject, _ records: [DeliveryRecord]
    ) async throws -> String {
        let revision = subject.picture.revision
        if let record = records.first(where: { file.isInLine($0, revision: revision) }) { return record.name }
        let local = try await here { try await sources.make(file, of: subject, isBackup: route.whenHidden == .keep) }
        do {
            let name = try await send(local, file, revision, records)
            await sources.drop(local.path)
            return name
        } catch {
            await sources.drop(local.path)
            throw error
        }
    }

    private func send(
        _ local: LocalFile, _ file: WantedFile, _ revision: Int, _ records: [DeliveryRecord]
    ) async throws -> String {
        let same = records.first { record in
            record.content == file.content && file.names.contains(record.name) && record.sha256 == local.sha256
                && record.deliveredAt != nil
        }
        if let same { return same.name }
        let name = try await here {
            try await catalogue.deliveries.reserve(
                entry, file.content, names: file.names, size: local.size, sha256: local.sha256, revision: revision,
                takesOver: route.newestOnly)
        }
        let outgoing = OutgoingFile(
            path: local.path, name: name, size: local.size, sha256: local.sha256, type: file.type, pace: pace)
        try await there { try await destination.put(outgoing) }
        try await here { try await catalogue.deliveries.delivered(entry, name, at: clock.now()) }
        return name
    }

    private func newest(_ subject: DeliverySubject?) async throws -> DeliverySubject? {
        guard route.newestOnly, let subject else { return nil }
        return try await here {
            let id = try await catalogue.deliveries.newest(of: subject.label.id, at: clock.now())
            guard let id, id != subject.picture.id else { return id == nil ? nil : subject }
            return try await catalogue.deliveries.subject(id, at: clock.now())
        }
    }

    /// A file that another picture was about to replace may still be this one's, which is hidden now. It is sent anew: a
    /// lane replaces one file at a time.
    private func clearHalfReplaced() async throws {
        let names = try await here { try await catalogue.deliveries.undelivered(route.id, entry.destination) }
        for name in names { try await there { try await destination.delete(name) } }
    }

    private func takeBack(_ record: DeliveryRecord) async throws {
        try await there { try await destination.delete(record.name) }
        try await here { try await catalogue.deliveries.forget(entry, record.name) }
    }

    private func here<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await attempt(.here, work)
    }

    private func there<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await attempt(.there, work)
    }

    private func attempt<Value>(_ origin: Setback.Origin, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let failure as Failure {
            if Task.isCancelled { throw CancellationError() }
            throw Setback(origin: origin, failure: failure)
        } catch {
            if Task.isCancelled { throw CancellationError() }
            throw Setback(
                origin: origin, failure: Failure(.internalError, "A delivery has failed.", underlying: error))
        }
    }
}
