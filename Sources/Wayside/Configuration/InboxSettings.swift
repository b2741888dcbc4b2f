import Domain
import Foundation
import Inbox
import StorageS3

/// Where pictures come in by themselves, and what happens to them.
package struct InboxSettings: Sendable {
    package enum After: String, Sendable, CaseIterable {
        case move, delete
    }

    /// Of a picture without a place or time.
    package enum Unplaced: String, Sendable, CaseIterable {
        case refuse, hold
    }

    /// Absolute.
    package let folder: String?
    /// A prefix that ends in `/`, with its bucket.
    package let bucket: Place?
    package let rules: InboxRules

    package struct Place: Sendable {
        package let bucket: S3Bucket
        package let prefix: String
    }

    /// - Parameter own: the bucket of the pictures, if there is one.
    init(_ reader: SettingsReader, data: String, own: S3Bucket?, isPublic: Bool) throws {
        folder = try reader.path(.inbox)
        if let folder { try Self.check(folder, data: data) }
        bucket = try Self.place(reader, own)
        rules = InboxRules(
            owner: try reader.text(.inboxAccount),
            patience: Double(try reader.wholeNumber(.inboxPatience, in: 1...86_400) ?? 10),
            quiet: Double(try reader.wholeNumber(.inboxQuiet, in: 1...86_400) ?? 300),
            interval: Double(try reader.wholeNumber(.inboxInterval, in: 1...86_400) ?? 5),
            deletes: try reader.word(.inboxAfter, as: After.self) == .delete,
            holdsUnplaced: try reader.word(.inboxUnplaced, as: Unplaced.self) == .hold, isPublic: isPublic)
    }

    /// The server's own files are not to be taken for what came in.
    private static func check(_ folder: String, data: String) throws {
        let isAround = "\(data)/".hasPrefix(folder == "/" ? "/" : "\(folder)/")
        let own = ["staging", "store", "secrets", "models", "scratch", "darkroom", "importing"]
        let isOwn = own.contains { folder == "\(data)/\($0)" || folder.hasPrefix("\(data)/\($0)/") }
        guard !isAround, !isOwn else {
            throw Failure(
                .unprocessable,
                "The inbox must be a folder of its own, such as \(data)/inbox; \(folder) holds files of the server.")
        }
    }

    private static func place(_ reader: SettingsReader, _ own: S3Bucket?) throws -> Place? {
        let keys = BucketKeys(
            endpoint: .inboxS3Endpoint, bucket: .inboxS3Bucket, region: .inboxS3Region, accessKey: .inboxS3AccessKey,
            accessKeyFile: .inboxS3AccessKeyFile, secretKey: .inboxS3SecretKey, secretKeyFile: .inboxS3SecretKeyFile)
        let other = try keys.bucket(reader)
        guard let text = try reader.text(.inboxPrefix) else {
            guard other == nil else {
                throw Failure(.unprocessable, "Say with inbox-prefix where in the inbox's bucket pictures are put.")
            }
            return nil
        }
        guard let bucket = other ?? own else {
            throw Failure(
                .unprocessable,
                "The setting inbox-prefix needs a bucket: the server's own (s3-bucket) or another (inbox-s3-bucket).")
        }
        let parts = text.split(separator: "/")
        guard let first = parts.first, !parts.contains(".."), !parts.contains("."),
            other != nil || !["pictures", "originals", ".wayside-check"].contains(first)
        else {
            throw Failure(
                .unprocessable, "The setting inbox-prefix must be a prefix like inbox/, apart from the pictures.")
        }
        return Place(bucket: bucket, prefix: parts.joined(separator: "/") + "/")
    }
}
