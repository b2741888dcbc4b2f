import Domain
import Foundation
import Logging
import Peer
import Storage

extension FolderAgent {
    /// Delivers what waits, the oldest first, until the link fails; then completes the sets whose time is over.
    mutating func deliver(at moment: Date, _ result: inout Result) async throws {
        let waiting = records.values.filter { $0.state == .waiting }
            .sorted { ($0.writtenAt, $0.path) < ($1.writtenAt, $1.path) }
        do {
            for record in waiting {
                try Task.checkCancellation()
                try await deliver(record, at: moment, &result)
            }
            try await completeSets(at: moment)
        } catch let failure as Failure {
            linkFailed(failure, at: moment)
        }
    }

    private mutating func deliver(_ known: AgentRecord, at moment: Date, _ result: inout Result) async throws {
        var record = known
        var madeProgress = false
        defer { if madeProgress { linkProgressed() } }
        guard let file = try await open(record) else { return }
        let set = try await set(record.set)
        do {
            let item = PeerUpload.Item(file: file, name: record.path, sha256: record.sha256, set: set)
            let upload = upload
            let arrival = try await upload.send(item, at: record.place, progress: { madeProgress = true }) { place in
                record.place = place
                try keep(record)
            }
            guard try await server.holds(sha256: record.sha256, size: file.size, as: record.path, in: set) else {
                record.place = nil
                try keep(record)
                throw Failure(.unavailable, "The server does not say that it holds \(record.path).")
            }
            record.state = .delivered
            record.deliveredAt = moment
            record.place = nil
            try keep(record)
            result.delivered += 1
            linkWorks()
            logger.info(
                "Delivered",
                metadata: ["file": "\(record.path)", "picture": "\(arrival.picture)", "sha256": "\(record.sha256)"])
        } catch let failure as Failure where Self.isRefusal(failure) {
            record.state = .refused
            record.reason = failure.message
            record.place = nil
            try keep(record)
            result.refused += 1
            linkWorks()
            logger.warning(
                "The server does not take a file", metadata: ["file": "\(record.path)", "reason": "\(failure.message)"])
        } catch let failure as Failure where failure.code == .notFound {
            // The set was deleted there: the next try makes another.
            if let set = sets.removeValue(forKey: record.set) { try journal.forget(set) }
            throw Failure(.unavailable, "The upload set is gone at the server; another is made.", underlying: failure)
        }
    }

    /// What no other try would change.
    private static func isRefusal(_ failure: Failure) -> Bool {
        [.unprocessable, .tooLarge, .unsupportedMedia].contains(failure.code)
    }

    /// Nil when it is gone or was changed; the next look sees that.
    private func open(_ record: AgentRecord) async throws -> OpenFile? {
        try await BlockingWork.run { [folder] in
            do {
                let file = try SharedFolder(folder).file(record.path)
                return try file.stamp() == record.stamp ? file : nil
            } catch let failure as Failure where failure.code == .notFound {
                return nil
            }
        }
    }

    mutating func keep(_ record: AgentRecord) throws {
        try journal.store(record)
        records[record.path] = record
    }

    private mutating func set(_ key: String) async throws -> UploadSetID {
        if var known = sets[key] {
            if known.isComplete {
                known.isComplete = false
                try keep(known)
            }
            return known.id
        }
        let id: UploadSetID
        do {
            id = try await server.set(
                .init(
                    title: "\(rules.label) \(key)", label: rules.label, key: "\(journal.agent) \(key)",
                    holdsUnplaced: rules.holdsUnplaced))
        } catch let failure as Failure where ![.unavailable, .tooMany].contains(failure.code) {
            // Nothing about the file: a label that is missing, a token that is not good any more.
            throw Failure(.unavailable, failure.message, details: failure.details)
        }
        try keep(AgentSet(key: key, id: id))
        return id
    }

    private mutating func keep(_ set: AgentSet) throws {
        try journal.store(set)
        sets[set.key] = set
    }

    /// Those that are over and have nothing to come.
    private mutating func completeSets(at moment: Date) async throws {
        let now = rules.key(of: moment)
        let needed = Set(records.values.filter { $0.state == .waiting }.map(\.set))
        for var set in sets.values.sorted(by: { $0.key < $1.key })
        where !set.isComplete && set.key < now && !needed.contains(set.key) {
            try await server.complete(set.id)
            set.isComplete = true
            try keep(set)
            linkWorks()
            logger.notice("An upload set is complete", metadata: ["set": "\(set.key)", "id": "\(set.id)"])
        }
    }

    /// Completes what is there, for an agent that ends.
    package mutating func completeAll() async throws {
        for var set in sets.values where !set.isComplete {
            try await server.complete(set.id)
            set.isComplete = true
            try keep(set)
        }
    }
}
