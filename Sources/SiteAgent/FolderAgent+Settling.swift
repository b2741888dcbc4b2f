import Domain
import Foundation
import Logging
import Peer
import Storage

extension FolderAgent {
    /// Asks the server what has become of what was delivered, where that matters: only what is a picture there may go here.
    /// What it has refused since stays, with the reason.
    mutating func settle(at moment: Date, _ result: inout Result) async throws {
        guard rules.keep != nil || rules.keepSize != nil, moment >= nextInquiry else { return }
        let open = records.values.filter { $0.state == .delivered && $0.preparedAt == nil }
        guard !open.isEmpty else { return }
        var isNews = false
        do {
            for (key, records) in Dictionary(grouping: open, by: \.set).sorted(by: { $0.key < $1.key }) {
                let oldest = records.sorted { ($0.writtenAt, $0.path) < ($1.writtenAt, $1.path) }
                for start in stride(from: 0, to: oldest.count, by: Self.askedAtOnce) {
                    let some = Array(oldest[start..<min(oldest.count, start + Self.askedAtOnce)])
                    if try await settle(some, of: key, at: moment, &result) { isNews = true }
                }
            }
            linkWorks()
        } catch let failure as Failure {
            linkFailed(failure, at: moment)
        }
        inquiryPause = isNews ? Self.shortestPause : min(rules.longestWait, inquiryPause * 2)
        nextInquiry = moment.addingTimeInterval(inquiryPause)
    }

    private static let askedAtOnce = 500
    /// Seconds between two inquiries while there is news.
    static let shortestPause: TimeInterval = 2

    /// Whether anything was decided.
    private mutating func settle(
        _ some: [AgentRecord], of key: String, at moment: Date, _ result: inout Result
    ) async throws -> Bool {
        // The journal does not know the set: each is offered once more, and the server says that it has it.
        guard let set = sets[key] else {
            for record in some { try offerAgain(record) }
            return true
        }
        let sent = some.map { PeerServer.Sent(name: $0.path, size: $0.stamp.size, sha256: $0.sha256) }
        let fates: [PeerServer.Fate]
        do {
            fates = try await server.fates(of: sent, in: set.id)
        } catch let failure as Failure where failure.code == .notFound {
            fates = sent.map { _ in .refused("The upload set was deleted at the server.") }
        }
        var isNews = false
        for (record, fate) in zip(some, fates) where fate != .waiting {
            isNews = true
            var record = record
            if case .refused(let reason) = fate {
                record.state = .refused
                record.reason = reason
                result.refused += 1
                logger.warning(
                    "The server has made no picture of a file; it is kept here",
                    metadata: ["file": "\(record.path)", "reason": "\(reason)"])
            } else {
                record.preparedAt = moment
            }
            try keep(record)
        }
        return isNews
    }

    private mutating func offerAgain(_ record: AgentRecord) throws {
        var record = record
        record.state = .waiting
        try keep(record)
    }
}
