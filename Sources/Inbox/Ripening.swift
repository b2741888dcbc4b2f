import Domain
import Foundation
import Storage

/// Tells when a file is whole: nothing about it has changed for a while, or it was renamed from a name that said it was
/// being written.
package struct Ripening {
    /// Seconds.
    let patience: TimeInterval

    private struct Sight {
        let stamp: FileStamp
        let since: Date
    }

    private var known: [String: Sight] = [:]
    private var unfinished: Set<String> = []

    package init(patience: TimeInterval) { self.patience = patience }

    /// Of what lies there now, what is whole.
    package mutating func ripe(_ entries: [InboxEntry], at moment: Date) -> [InboxEntry] {
        var seen: [String: Sight] = [:]
        var ripe: [InboxEntry] = []
        for entry in entries where !entry.isUnfinished {
            var sight = known[entry.path] ?? Sight(stamp: entry.stamp, since: moment)
            if sight.stamp != entry.stamp { sight = Sight(stamp: entry.stamp, since: moment) }
            seen[entry.path] = sight
            let waited = moment.timeIntervalSince(sight.since)
            if waited >= patience || unfinished.contains(entry.stamp.identity) { ripe.append(entry) }
        }
        known = seen
        // Those that were renamed stay in mind until they are gone.
        let there = Set(entries.map(\.stamp.identity))
        unfinished = unfinished.intersection(there).union(entries.filter(\.isUnfinished).map(\.stamp.identity))
        return ripe
    }
}
