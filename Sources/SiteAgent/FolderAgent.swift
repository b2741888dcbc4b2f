import Domain
import Foundation
import Inbox
import Logging
import Peer
import Storage

/// Follows one folder, delivers what comes, and removes what was delivered when its time is over.
///
/// Everything it knows is in its journal: a kill at any moment costs at most the part of a file that was on its way.
package struct FolderAgent {
    let folder: String
    let journal: AgentJournal
    let server: PeerServer
    let upload: PeerUpload
    let rules: AgentRules
    let logger: Logger
    var records: [String: AgentRecord]
    var sets: [String: AgentSet]
    private var ripening: Ripening
    private var complaints: [String: String] = [:]
    private var failures = 0
    private var nextTry = Date.distantPast
    /// When the server is asked again what has become of what it has.
    var nextInquiry = Date.distantPast
    /// Seconds.
    var inquiryPause = FolderAgent.shortestPause

    /// What a look has led to.
    package struct Result: Hashable, Sendable {
        package var delivered = 0
        package var refused = 0
        package var pruned = 0
        /// Files that are to be delivered yet.
        package var waiting = 0
        /// Files that are not whole yet.
        package var unripe = 0
    }

    package init(
        folder: String, journal: AgentJournal, server: PeerServer, part: Int64, rules: AgentRules, logger: Logger
    ) throws {
        self.folder = folder
        self.journal = journal
        self.server = server
        self.rules = rules
        self.logger = logger
        upload = PeerUpload(server: server, part: part)
        records = try journal.records()
        sets = try journal.allSets()
        ripening = Ripening(patience: rules.patience)
    }

    /// Looks at the folder and does what can be done. Throws only what a stopped task throws.
    package mutating func look(at moment: Date) async throws -> Result {
        var result = Result()
        var troubles: [String: String] = [:]
        do {
            let listing = try await InboxFolder(path: folder, setsAside: false).list()
            troubles = listing.troubles
            try await note(listing.entries, at: moment, &result)
            if moment >= nextTry { try await settle(at: moment, &result) }
            result.pruned = try await prune(at: moment)
            if moment >= nextTry { try await deliver(at: moment, &result) }
        } catch {
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            troubles[""] = Self.text(error)
        }
        result.waiting = records.values.count { $0.state == .waiting }
        say(troubles, waiting: result.waiting)
        return result
    }

    /// Takes down what is whole and new, and forgets what is not there any more.
    private mutating func note(_ entries: [InboxEntry], at moment: Date, _ result: inout Result) async throws {
        let ripe = ripening.ripe(entries, at: moment)
        result.unripe = entries.count - ripe.count
        for entry in ripe where records[entry.path]?.stamp != entry.stamp {
            guard let record = try await record(of: entry) else { continue }
            try journal.store(record)
            records[entry.path] = record
        }
        let there = Set(entries.map(\.path))
        for record in records.values where !there.contains(record.path) {
            if record.state == .waiting {
                logger.warning(
                    "A file is gone that was not delivered", metadata: ["file": "\(record.path)"])
            }
            try journal.forget(record)
            records[record.path] = nil
        }
    }

    /// Nil when it was written to while it was read.
    private func record(of entry: InboxEntry) async throws -> AgentRecord? {
        let folder = folder, rules = rules
        return try await BlockingWork.run {
            let file: OpenFile
            do {
                file = try SharedFolder(folder).file(entry.path)
            } catch let failure as Failure where failure.code == .notFound {
                return nil
            }
            let hash = StreamHash()
            for start in stride(from: 0, to: file.size, by: 1 << 20) {
                hash.add(try file.read(at: start, count: Int(min(1 << 20, file.size - start))))
            }
            guard try file.stamp() == entry.stamp else { return nil }
            let written = entry.stamp.writtenAt
            return AgentRecord(
                path: entry.path, stamp: entry.stamp, sha256: hash.text, writtenAt: written, set: rules.key(of: written)
            )
        }
    }

    /// Each complaint once, until it changes.
    private mutating func say(_ troubles: [String: String], waiting: Int) {
        for (path, reason) in troubles.sorted(by: { $0.key < $1.key }) where complaints[path] != reason {
            logger.warning(
                path.isEmpty ? "The folder cannot be looked at" : "A file is left alone",
                metadata: ["file": "\(path)", "reason": "\(reason)"])
        }
        complaints = troubles
    }

    /// The link has failed: waits longer and longer.
    mutating func linkFailed(_ error: any Error, at moment: Date) {
        failures += 1
        let asked = (error as? Failure)?.details["retry_after"].flatMap { TimeInterval($0) } ?? 0
        let wait = min(
            rules.longestWait, max(asked, pow(2, Double(min(failures, 16)) - 2)) * Double.random(in: 0.5...1))
        nextTry = moment.addingTimeInterval(wait)
        guard failures == 1 || failures % 60 == 0 else { return }
        logger.warning(
            "Nothing can be delivered for the moment; it is kept here",
            metadata: [
                "server": "\(server.address)", "reason": "\(Self.text(error))",
                "waiting": "\(records.values.count { $0.state == .waiting })",
            ])
    }

    /// It breaks off, but not at once: the next try goes on soon.
    mutating func linkProgressed() { failures = min(failures, 1) }

    mutating func linkWorks() {
        if failures > 0 { logger.notice("The server takes files again", metadata: ["after": "\(failures) tries"]) }
        failures = 0
        nextTry = .distantPast
    }

    static func text(_ error: any Error) -> String {
        guard let failure = error as? Failure else { return "\(error)" }
        return failure.underlying.map { "\(failure.message) (\($0))" } ?? failure.message
    }
}
