import Catalogue
import Domain
import Foundation
import Storage

/// Compares what lies at one destination of a route with what the catalogue says of it, in pages, and has put right what
/// differs. What is not known here is told of, and never touched.
package struct RouteVerification: Sendable {
    private let catalogue: Catalogue
    private let route: Route
    private let number: Int
    private let destination: any Destination
    private let scratch: ScratchFolder
    /// Whether each file is read back and its checksum compared; else its size is.
    private let rehashes: Bool
    private let repairs: Bool
    private let now: @Sendable () -> Date

    private static let page = 1000

    package init(
        catalogue: Catalogue, route: Route, number: Int, destination: any Destination, scratch: ScratchFolder,
        rehashes: Bool, repairs: Bool, now: @escaping @Sendable () -> Date = { .now }
    ) {
        self.catalogue = catalogue
        self.route = route
        self.number = number
        self.destination = destination
        self.scratch = scratch
        self.rehashes = rehashes
        self.repairs = repairs
        self.now = now
    }

    /// - Parameter found: called with each finding.
    /// - Throws: what the destination throws when it cannot be read; `.unprocessable` where it gives no list.
    package func run(_ found: @Sendable (RouteFinding) -> Void) async throws -> RouteComparison {
        let start = now()
        var outcome = RouteComparison(number: number)
        var there = Set<Int>()
        var last: String?
        repeat {
            let entries = try await destination.list(after: last, limit: Self.page)
            try await look(at: entries, start, &outcome, found)
            there.formUnion(entries.map(\.name.hashValue))
            last = entries.count == Self.page ? entries.last?.name : nil
            try Task.checkCancellation()
        } while last != nil
        try await lookForMissing(there, start, &outcome, found)
        try await lookForUnsent(&outcome, found)
        return outcome
    }

    /// Files that are there: known and as they should be, or not.
    private func look(
        at entries: [DeliveredEntry], _ start: Date, _ outcome: inout RouteComparison, _ found: (RouteFinding) -> Void
    ) async throws {
        let ours = entries.filter { !Self.isOwn($0.name) }
        outcome.listed += ours.count
        let known = try await catalogue.deliveries.records(route.id, number, named: ours.map(\.name))
        var bad: [(picture: PictureID, name: String)] = []
        for entry in ours {
            guard let (picture, record) = known[entry.name] else {
                Self.note(.surplus, entry.name, &outcome, found)
                continue
            }
            // What is on its way, or came since, is nobody's fault.
            guard let delivered = record.deliveredAt, delivered < start else { continue }
            guard try await isDifferent(entry, record) else { continue }
            Self.note(.different, entry.name, &outcome, found)
            bad.append((picture, entry.name))
        }
        try await repair(bad, &outcome)
        // In doubt, they do not count as delivered any more.
        if repairs { outcome.known += bad.count }
    }

    private func isDifferent(_ entry: DeliveredEntry, _ record: DeliveryRecord) async throws -> Bool {
        guard entry.size == record.size else { return true }
        guard rehashes else { return false }
        let path = try await BlockingWork.run { try scratch.newPath() }
        do {
            try await destination.read(entry.name, into: path)
            let sha256 = try await BlockingWork.run {
                defer { scratch.drop(path) }
                return try CheckedCopy.sha256(try OpenFile(path))
            }
            return sha256 != record.sha256
        } catch {
            try? await BlockingWork.run { scratch.drop(path) }
            // It has gone since the list was made, by whoever may do so.
            if let failure = error as? Failure, failure.code == .notFound { return true }
            throw error
        }
    }

    private func lookForMissing(
        _ there: Set<Int>, _ start: Date, _ outcome: inout RouteComparison, _ found: (RouteFinding) -> Void
    ) async throws {
        var last: String?
        repeat {
            let records = try await catalogue.deliveries.records(route.id, number, after: last, limit: Self.page)
            var bad: [(picture: PictureID, name: String)] = []
            for (picture, record) in records {
                guard let delivered = record.deliveredAt, delivered < start else { continue }
                outcome.known += 1
                guard !there.contains(record.name.hashValue) else { continue }
                Self.note(.missing, record.name, &outcome, found)
                bad.append((picture, record.name))
            }
            try await repair(bad, &outcome)
            last = records.count == Self.page ? records.last?.record.name : nil
            try Task.checkCancellation()
        } while last != nil
    }

    private func lookForUnsent(_ outcome: inout RouteComparison, _ found: (RouteFinding) -> Void) async throws {
        // Of an original that is not here any more nothing is sent.
        guard route.isEnabled, !route.contents.allSatisfy(\.isOriginal) else { return }
        var last: PictureID?
        repeat {
            let pictures = try await catalogue.deliveries.unsent(
                route, number, after: last, limit: Self.page, at: now())
            for picture in pictures { Self.note(.unsent, picture.string, &outcome, found) }
            if repairs, !pictures.isEmpty { try await queue(pictures, &outcome) }
            last = pictures.count == Self.page ? pictures.last : nil
        } while last != nil
    }

    private func repair(_ files: [(picture: PictureID, name: String)], _ outcome: inout RouteComparison) async throws {
        guard repairs, !files.isEmpty else { return }
        try await catalogue.deliveries.doubt(files, route.id, number)
        try await queue(Array(Set(files.map(\.picture))), &outcome)
    }

    private func queue(_ pictures: [PictureID], _ outcome: inout RouteComparison) async throws {
        try await catalogue.outbox.owe(pictures, route.id, number, at: now())
        outcome.queued += pictures.count
    }

    private static func note(
        _ kind: RouteFinding.Kind, _ name: String, _ outcome: inout RouteComparison, _ found: (RouteFinding) -> Void
    ) {
        outcome.counts[kind, default: 0] += 1
        found(RouteFinding(kind: kind, name: name))
    }

    /// What this server keeps there beside files of pictures.
    private static func isOwn(_ name: String) -> Bool {
        name.hasPrefix(".wayside") || BackupFiles.isOfCatalogue(name)
    }
}
