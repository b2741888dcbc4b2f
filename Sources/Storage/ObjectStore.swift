import Domain
import NIOCore

/// Where bytes live. Implementations throw `Failure` only: `.notFound`, `.noSpace`, `.unavailable`, `.internalError`.
package protocol ObjectStore: Sendable {
    /// Size in bytes; nil when there is no such object.
    func head(_ key: ObjectKey) async throws -> Int64?
    /// The bytes of `range` (all of it for nil), in chunks of at most 128 KiB. `.notFound` is thrown before the first chunk.
    func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectBytes
    /// The object as an open file of this machine when all of `range` is in memory, so that it can be sent without being
    /// read; nil otherwise, and where objects are no files.
    func fileInMemory(_ key: ObjectKey, range: Range<Int64>) async throws -> OpenFile?
    /// Stores a local file durably; replaces an object of that name as a whole or not at all.
    /// The file may be removed afterwards, but not written to: a store on the same disk shares its bytes.
    func put(_ key: ObjectKey, fileAt path: String) async throws
    /// Stores several files, each as `put` does; cheaper than one by one.
    func put(_ files: [(key: ObjectKey, path: String)]) async throws
    /// Deletes every object whose path starts with `prefix`; none there is success.
    func delete(prefix: String) async throws
    /// Gives every object under `prefix` the same name under `target` (both end in `/`), so that the old names are
    /// dead at once; what is under `target` goes. None there is success: it has been moved before.
    func move(prefix: String, to target: String) async throws
    /// Paths of objects under `prefix` after `after`, in order, at most `limit`.
    func list(prefix: String, after: String?, limit: Int) async throws -> [String]
    /// Throws when the store cannot be used (missing, read-only); for `wayside check` and readiness.
    func check() async throws
}

extension ObjectStore {
    package func fileInMemory(_ key: ObjectKey, range: Range<Int64>) async throws -> OpenFile? { nil }

    package func put(_ files: [(key: ObjectKey, path: String)]) async throws {
        for file in files { try await put(file.key, fileAt: file.path) }
    }
}
