import Catalogue
import Domain
import Foundation
import Logging
import Metrics
import Storage

/// Removes what a crash left behind: received files and derivatives that no picture needs; parts of files whose time is
/// over; who reported when; tokens that nobody claimed, and those that have ended; receipts whose time is over. Draws the
/// lines that a map still lacks.
package struct Janitor: Sendable {
    let catalogue: Catalogue
    let store: any ObjectStore
    let staging: StagingFolder
    /// Seconds that a receipt is kept after what it is of is gone.
    let receiptsKept: TimeInterval
    let logger: Logger

    package init(
        catalogue: Catalogue, store: any ObjectStore, staging: StagingFolder,
        receiptsKept: TimeInterval = PipelineSettings.threeYears, logger: Logger
    ) {
        self.receiptsKept = receiptsKept
        self.catalogue = catalogue
        self.store = store
        self.staging = staging
        self.logger = logger
    }

    /// One round; what fails is left for the next, and keeps nothing else from being done.
    ///
    /// - Parameter store: looks through the whole store too, which takes a while when it holds millions of files.
    func sweep(store isWanted: Bool) async {
        // First what may show somebody's face.
        let staged = await count("staged", sweepStaging)
        let originals = await count("original") { try await removeExpiredOriginals() + sweepOriginals() }
        let stored = isWanted ? await count("stored", sweepStore) : 0
        await attempt("Pictures that nobody has placed could not be refused") {
            try await refuseUnplaced(at: .now)
        }
        await attempt("Reporters' traces could not be forgotten") {
            try await catalogue.reports.forgetQuotas(before: Date.now.addingTimeInterval(-HourlyQuota.span))
        }
        await attempt("Tokens that have ended could not be removed") {
            try await catalogue.tokenRequests.forget(at: .now)
            try await catalogue.tokens.prune(before: .now)
            try await catalogue.embeds.forget(before: Date.now.addingTimeInterval(-Self.embedsKept))
        }
        await attempt("Receipts of what was erased could not be forgotten") { try await forgetReceipts(at: .now) }
        await attempt("Lines for the map could not be drawn", drawLines)
        await attempt("The catalogue could not be tidied") { try await catalogue.engine.tidy() }
        if staged + originals + stored > 0 {
            logger.notice(
                "Left-over files were removed",
                metadata: ["staged": "\(staged)", "originals": "\(originals)", "stored": "\(stored)"])
        }
    }

    /// Removes files of a kind; how many.
    private func count(_ kind: String, _ remove: () async throws -> Int) async -> Int {
        var removed = 0
        await attempt("Left-over files could not be removed") { removed = try await remove() }
        Counter(label: "wayside.janitor.removed", dimensions: [("kind", kind)]).increment(by: removed)
        return removed
    }

    /// Logs what goes wrong; silent in a task that is being stopped.
    private func attempt(_ message: Logger.Message, _ work: () async throws -> Void) async {
        do {
            try Task.checkCancellation()
            try await work()
        } catch {
            logger.failure(message, error)
        }
    }

    /// Receipts of what was gone long ago.
    package func forgetReceipts(at moment: Date) async throws {
        let end = moment.addingTimeInterval(-receiptsKept)
        while try await catalogue.erasures.forget(finishedBefore: end, limit: Self.batch) {
            try Task.checkCancellation()
        }
    }

    /// Lines of sequences that are still to be drawn for the map.
    private func drawLines() async throws {
        var last: SequenceID?
        repeat {
            last = try await catalogue.sequences.drawLines(after: last, limit: Self.batch)
            try Task.checkCancellation()
        } while last != nil
    }

    /// Received files that nobody is receiving and no picture needs; how many were removed.
    package func sweepStaging() async throws -> Int {
        // In this order: a file that is being received now is in the catalogue before its lock goes.
        let names = try await staging.abandonable()
        var removed = 0
        for start in stride(from: 0, to: names.count, by: Self.batch) {
            let some = Array(names[start..<min(start + Self.batch, names.count)])
            let needed = try await catalogue.pictures.stagedNames(among: some)
            for name in some where !needed.contains(name) {
                try await staging.remove(name)
                removed += 1
            }
        }
        return removed
    }

    /// Stored files of pictures that are gone, and of revisions before the one that counts; how many were removed.
    package func sweepStore() async throws -> Int {
        var removed = 0
        var last: String?
        while true {
            let paths = try await store.list(prefix: "pictures/", after: last, limit: Self.batch)
            guard let end = paths.last else { return removed }
            last = end
            let objects = paths.compactMap(StoredPath.init)
            let revisions = try await catalogue.pictures.existing(Array(Set(objects.map(\.picture))))
            let orphans = objects.filter { object in revisions[object.picture].map { object.revision < $0 } ?? true }
            for prefix in Set(orphans.map(\.prefix)) { try await store.delete(prefix: prefix) }
            removed += orphans.count
            try Task.checkCancellation()
        }
    }

    static let batch = 500

    /// Seconds that lists show an embed whose time is over.
    private static let embedsKept: TimeInterval = 30 * 86_400

    /// What the path of a derivative tells.
    private struct StoredPath {
        let picture: PictureID
        let revision: Int
        /// Of all files of this revision.
        let prefix: String

        init?(_ path: String) {
            let parts = path.split(separator: "/")
            guard parts.count == 6, let picture = PictureID(String(parts[3])), let revision = Int(parts[4]) else {
                return nil
            }
            self.picture = picture
            self.revision = revision
            prefix = "\(ObjectKey.prefix(of: picture))\(revision)/"
        }
    }
}
