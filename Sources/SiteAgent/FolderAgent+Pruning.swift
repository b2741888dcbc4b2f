import Domain
import Foundation
import Logging
import Storage

extension FolderAgent {
    /// Removes files that are pictures at the server and whose time is over, then the oldest of them until there is room;
    /// never another.
    mutating func prune(at moment: Date) async throws -> Int {
        guard rules.keep != nil || rules.keepSize != nil else { return 0 }
        var pruned = 0
        let delivered = records.values.filter { $0.state == .delivered && $0.preparedAt != nil }
            .sorted { ($0.writtenAt, $0.path) < ($1.writtenAt, $1.path) }
        var total = records.values.reduce(Int64(0)) { $0 + $1.stamp.size }
        for record in delivered {
            let isOld = rules.keep.map { moment.timeIntervalSince(record.deliveredAt ?? moment) >= $0 } ?? false
            let isTooMuch = rules.keepSize.map { total > $0 } ?? false
            guard isOld || isTooMuch else { continue }
            guard try await remove(record) else { continue }
            total -= record.stamp.size
            pruned += 1
            try journal.forget(record)
            records[record.path] = nil
            logger.info("Removed here, the server has it", metadata: ["file": "\(record.path)"])
        }
        return pruned
    }

    /// Whether it is gone; what was changed since it was delivered stays.
    private func remove(_ record: AgentRecord) async throws -> Bool {
        try await BlockingWork.run { [folder] in
            let root = try SharedFolder(folder)
            do {
                guard try root.file(record.path).stamp() == record.stamp else { return false }
            } catch let failure as Failure where failure.code == .notFound {
                return true
            }
            try root.remove(record.path)
            return true
        }
    }
}
