import Storage

/// Where files are put for the server to take: a folder, or a bucket's prefix. Below it are folders named like camera
/// labels, and `done/` and `refused/`, which this server fills.
///
/// Implementations throw `Failure` only.
package protocol InboxPlace: Sendable {
    /// In words, for the log.
    var description: String { get }
    /// Whether an entry is whole as soon as it is listed.
    var isAtomic: Bool { get }
    /// What lies there, outside `done/` and `refused/`, by path; no links, nothing special.
    func list() async throws -> InboxListing
    /// Opens an entry that was listed. `.notFound` when it is gone, `.conflict` when it is another one by now.
    func open(_ entry: InboxEntry) async throws -> InboxFile
    /// Takes an entry away: what has become of it is durable elsewhere. One that is gone is success, and so is one that
    /// was replaced, which then stays.
    func settle(_ entry: InboxEntry, as end: InboxEnd) async throws
}

/// What lies in an inbox.
package struct InboxListing: Sendable {
    package var entries: [InboxEntry] = []
    /// Paths that could not be looked at, and why.
    package var troubles: [String: String] = [:]
}

/// What happens to a file of the inbox that was looked at.
package enum InboxEnd: Hashable, Sendable {
    /// It goes to `done/`.
    case done
    /// It is deleted.
    case deleted
    /// It goes to `refused/`, with the reason beside it.
    case refused(String)
}

/// An entry, open.
package struct InboxFile: Sendable {
    package let file: OpenFile
    /// Whether it is still as it was listed, after it was read.
    package let isUnchanged: @Sendable () throws -> Bool
}
