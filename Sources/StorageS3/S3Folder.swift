import AsyncHTTPClient
import Domain
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Storage

/// Files of any names below a prefix of a bucket, that need not be this server's own: what copies go to.
///
/// Throws `Failure`: `.unavailable` where another try may help, `.internalError` where the bucket has said no.
package struct S3Folder: Sendable {
    /// A file in it.
    package struct Entry: Hashable, Sendable {
        package let name: String
        /// Bytes.
        package let size: Int64
    }

    private let store: S3Store
    /// Empty, or ending in a slash.
    private let prefix: String

    /// Asks nothing yet.
    package init(
        bucket: S3Bucket, prefix: String, patience: Patience = Patience(attempts: 3),
        logger: Logger = Logger(label: "wayside.routes")
    ) {
        store = S3Store(bucket: bucket, patience: patience, logger: logger)
        self.prefix = prefix.isEmpty ? "" : "\(prefix)/"
    }

    /// Stores a local file; replaces what is there as a whole or not at all. The store compares it with its digests.
    package func put(_ name: String, fileAt path: String, type: String) async throws {
        let file = try await BlockingWork.run { try OpenFile(path) }
        try await asking { try await store.put(prefix + name, file, type: type) }
    }

    /// None there is success.
    package func delete(_ name: String) async throws {
        try await asking { try await store.remove(prefix + name) }
    }

    /// After the name `after`, in order of their bytes, at most `limit`.
    package func list(after: String?, limit: Int) async throws -> [Entry] {
        try await asking {
            try await store.objects(prefix: prefix, after: after.map { prefix + $0 }, limit: limit).compactMap {
                object in
                guard let path = object.text("Key"), let size = object.text("Size").flatMap({ Int64($0) }) else {
                    throw S3Problem.strange("an object without name or size")
                }
                return Entry(name: String(path.dropFirst(prefix.count)), size: size)
            }
        }
    }

    /// The bytes, in pieces. `.notFound` when there is no such file.
    package func read(_ name: String) async throws -> ObjectBytes {
        try await asking { try await store.bytes(prefix + name, nil) }
    }

    /// Writes, reads, lists and deletes a small file below the prefix.
    ///
    /// - Throws: `.unprocessable` for a bucket in which a server keeps its pictures, whatever its address is called here:
    ///   the server would take copies for left over.
    package func check() async throws {
        do {
            if try await store.name() != nil {
                throw Failure(
                    .unprocessable,
                    "The bucket “\(store.bucket.name)” is the one in which a Wayside keeps its pictures; take another.")
            }
        } catch is S3Problem {
            // A key for the prefix alone cannot know; what else is wrong is found now.
        }
        let path = "\(prefix).wayside-check/\(Identifier<S3Folder>().string)"
        try await asking { try await store.probe(path) }
    }

    private func asking<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let problem as S3Problem {
            // What the bucket says is for the administrator who has set up the route.
            let failure = problem.failure
            throw Failure(failure.code, Self.sentence(problem), details: failure.details, underlying: problem)
        }
    }

    /// Without the names of settings, which are those of the server's own bucket.
    private static func sentence(_ problem: S3Problem) -> String {
        guard let hint = problem.description.range(of: "; look at s3-") else { return problem.description }
        return "\(problem.description[..<hint.lowerBound])."
    }
}
