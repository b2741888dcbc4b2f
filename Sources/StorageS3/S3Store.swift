import AsyncHTTPClient
import Domain
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Storage

/// A store in a bucket of an S3 server.
///
/// Every request has its checksums, is signed, and is sent again when the store or the way to it fails; an object appears
/// whole or not at all. Nothing but this server writes into the bucket's `pictures/` and `originals/`.
package final class S3Store: ObjectStore {
    let client: S3Client
    let claim = BucketClaim()

    /// Objects up to this size are read in one piece. Bytes.
    static let wholeLimit: Int64 = 256 << 10
    static let chunkSize = 128 << 10
    /// Requests of one call that are under way at a time.
    static let width = 8

    /// Asks nothing yet.
    package init(bucket: S3Bucket, patience: Patience = Patience(), logger: Logger = Logger(label: "wayside.storage")) {
        client = S3Client(bucket: bucket, patience: patience, logger: logger)
    }

    package var bucket: S3Bucket { client.bucket }

    package func head(_ key: ObjectKey) async throws -> Int64? {
        try await asking { try await self.size(of: key.path) }
    }

    /// Nil when there is no such object.
    func size(of path: String) async throws -> Int64? {
        do {
            return try await client.send(S3Request(.HEAD, path)) { response in
                guard let size = response.headers.first(name: "Content-Length").flatMap({ Int64($0) }) else {
                    throw S3Problem.strange("no length")
                }
                return size
            }
        } catch let problem as S3Problem where problem.isMissing {
            return nil
        }
    }

    /// An address that is good for reading the object for so many seconds, whoever has it: only for who may see it. Nil for
    /// originals.
    package func presignedAddress(of key: ObjectKey, seconds: Int, at moment: Date = .now) -> String? {
        guard case .derivative = key else { return nil }
        return client.presigned(key.path, seconds: seconds, at: moment)
    }

    /// As `asking`, for what changes the bucket: it has to be this server's.
    func changing<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        if let owner = claim.open {
            do {
                try await claim(for: owner)
            } catch let failure as Failure where failure.code == .conflict {
                // No picture's fault; the next look may find it put right.
                throw Failure(
                    .unavailable, "The server's storage cannot be used for the moment.", underlying: failure)
            }
        }
        return try await asking(work)
    }

    /// Turns the store's words into everybody's.
    func asking<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let problem as S3Problem {
            throw problem.failure
        }
    }

    /// Does the work for each item, a few at a time; the first failure ends it.
    func forEach<Item: Sendable>(_ items: [Item], _ work: @escaping @Sendable (Item) async throws -> Void) async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, item) in items.enumerated() {
                if number >= Self.width { try await group.next() }
                group.addTask { try await work(item) }
            }
            try await group.waitForAll()
        }
    }
}
