import Catalogue
import Domain
import Foundation
import Intake
import Logging

/// Looks into an inbox again and again, and remembers what it saw: what is still growing, and what was complained of.
package struct InboxWatch {
    private let place: any InboxPlace
    private let catalogue: Catalogue
    private let intake: Intake
    private let rules: InboxRules
    private let logger: Logger
    private var ripening: Ripening
    private var complaints: [String: String] = [:]
    /// What was looked at and could not be moved away yet.
    private var settled: [InboxEntry: InboxEnd] = [:]

    /// What a look has led to.
    package struct Result: Hashable, Sendable {
        package var taken = 0
        package var refused = 0
        /// Left where they are, for a reason that was said.
        package var kept = 0
        /// Upload sets that are complete now.
        package var completed = 0
    }

    /// Files that are read at once.
    private static let width = 4

    package init(_ place: any InboxPlace, catalogue: Catalogue, intake: Intake, rules: InboxRules, logger: Logger) {
        self.place = place
        self.catalogue = catalogue
        self.intake = intake
        self.rules = rules
        self.logger = logger
        ripening = Ripening(patience: place.isAtomic ? 0 : rules.patience)
    }

    /// Takes what is whole. Throws only what a stopped task throws: everything else is said, once, and waits.
    @discardableResult
    package mutating func look(at moment: Date) async throws -> Result {
        var result = Result()
        var troubles: [String: String] = [:]
        do {
            let owner = try await InboxOwner(rules, catalogue)
            let listing = try await place.list()
            troubles = listing.troubles
            let ripe = ripening.ripe(listing.entries, at: moment)
            settled = settled.filter { ripe.contains($0.key) }
            let look = InboxLook(
                place: place, catalogue: catalogue, intake: intake, owner: owner, rules: rules, moment: moment)
            result = try await take(ripe, look, &troubles)
            result.completed = try await catalogue.inbox.complete(
                quietSince: moment.addingTimeInterval(-rules.quiet), at: moment)
        } catch {
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            troubles[""] = InboxTrouble.text(error)
        }
        say(troubles)
        result.kept = troubles.count
        if result.taken + result.refused > 0 {
            logger.notice(
                "Files of the inbox were taken",
                metadata: ["taken": "\(result.taken)", "refused": "\(result.refused)"])
        }
        return result
    }

    private mutating func take(
        _ entries: [InboxEntry], _ look: InboxLook, _ troubles: inout [String: String]
    ) async throws -> Result {
        var result = Result()
        var start = 0
        while start < entries.count {
            let part = entries[start..<min(start + Self.width, entries.count)]
            start += part.count
            for (entry, end) in await ends(of: part, look) {
                try Task.checkCancellation()
                do {
                    let end = try end.get()
                    settled[entry] = end
                    try await place.settle(entry, as: end)
                    settled[entry] = nil
                    if case .refused = end { result.refused += 1 } else { result.taken += 1 }
                } catch let failure as Failure where [.notFound, .conflict].contains(failure.code) {
                    // Gone, or written to again: the next look sees.
                } catch let failure as Failure where failure.code == .noSpace {
                    throw failure
                } catch {
                    troubles[entry.path] = InboxTrouble.text(error)
                }
            }
        }
        return result
    }

    private func ends(
        of entries: ArraySlice<InboxEntry>, _ look: InboxLook
    ) async -> [(InboxEntry, Swift.Result<InboxEnd, any Error>)] {
        await withTaskGroup(of: (InboxEntry, Swift.Result<InboxEnd, any Error>).self) { group in
            for entry in entries {
                if let end = settled[entry] {
                    group.addTask { (entry, .success(end)) }
                } else {
                    group.addTask {
                        do {
                            return (entry, .success(try await look.take(entry)))
                        } catch {
                            return (entry, .failure(error))
                        }
                    }
                }
            }
            var ends: [(InboxEntry, Swift.Result<InboxEnd, any Error>)] = []
            for await end in group { ends.append(end) }
            return ends
        }
    }

    /// Each complaint once, until it changes.
    private mutating func say(_ troubles: [String: String]) {
        for (path, reason) in troubles.sorted(by: { $0.key < $1.key }) where complaints[path] != reason {
            logger.warning(
                path.isEmpty ? "The inbox cannot be looked at" : "A file of the inbox is left where it is",
                metadata: ["inbox": "\(place.description)", "file": "\(path)", "reason": "\(reason)"])
        }
        complaints = troubles
    }
}
