import Delivery
import Domain
import Foundation
import NIOCore
import Storage
import StorageS3

/// A bucket of another S3 server, or what lies under a prefix in one.
struct BucketDestination: Destination {
    private let folder: S3Folder

    init(_ place: BucketPlace, secrets: [String: String]) throws {
        let bucket = try S3Bucket(
            endpoint: place.endpoint, name: place.bucket, region: place.region,
            credentials: S3Credentials(accessKey: place.accessKey, secretKey: secrets["secret_key"] ?? ""))
        folder = S3Folder(bucket: bucket, prefix: place.prefix)
    }

    /// The store compares each body with its digests before it takes it.
    func put(_ file: OutgoingFile) async throws {
        // A request that is held back in its middle is one that the store gives up: so the waits are between files.
        try await file.pace?.pass(Int(file.size))
        try await folder.put(file.name, fileAt: file.path, type: file.type)
    }

    func delete(_ name: String) async throws { try await folder.delete(name) }

    func list(after: String?, limit: Int) async throws -> [DeliveredEntry] {
        try await folder.list(after: after, limit: limit).map { DeliveredEntry(name: $0.name, size: $0.size) }
    }

    func read(_ name: String, into path: String) async throws {
        let bytes = try await folder.read(name)
        let file = try await BlockingWork.run { try PlainFile(path) }
        switch bytes {
        case .whole(let buffer): try await BlockingWork.run { try file.write(buffer) }
        case .stream(let chunks):
            try await chunks { chunk in try await BlockingWork.run { try file.write(chunk) } }
        }
    }

    func check() async throws { try await folder.check() }
}
