/// A place outside this server that receives copies: a folder, a bucket, another server.
///
/// Implementations throw `Failure` only: `.unavailable` where another try may help (refused, reset, no room, too
/// slow), anything else where it will not (a name that is not taken, a wrong key).
package protocol Destination: Sendable {
    /// Made ready to take files, once, before the first of them: what is set up here can be looked for afterwards.
    func prepare() async throws
    /// Places a local file under its name, replaces what is there as a whole or not at all, and returns once the other
    /// side has said that it is durable and of that size and checksum, as far as it can tell.
    func put(_ file: OutgoingFile) async throws
    /// None there is success.
    func delete(_ name: String) async throws
    /// What is there after the name `after`, in order of names, at most `limit`. `.unprocessable` where the other side
    /// gives no list.
    func list(after: String?, limit: Int) async throws -> [DeliveredEntry]
    /// Writes the bytes of `name` to a local file. `.notFound` when there is none.
    func read(_ name: String, into path: String) async throws
    /// Throws when nothing could be delivered now; for `wayside check`, alerts and the pages.
    func check() async throws
}

extension Destination {
    package func prepare() async throws { try await check() }
}
