import Domain
import Foundation
import StorageS3

/// Where the files of pictures are to be kept, and the bucket that is known, if any.
package struct StorageSettings: Sendable {
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case directory, s3
    }

    package let kind: Kind
    /// Also with `directory`: what is in a bucket may be moved away from it.
    package let bucket: S3Bucket?
    /// Seconds that an address of the bucket is good for; zero when none is given out.
    package let redirectSeconds: Int

    init(_ reader: SettingsReader) throws {
        kind = try reader.word(.storage, as: Kind.self) ?? .directory
        redirectSeconds = try reader.wholeNumber(.s3Redirect, in: 0...60) ?? 0
        bucket = try Self.bucket(reader)
        guard kind == .directory || bucket != nil else {
            throw Failure(
                .unprocessable,
                "With the setting storage=s3 say which bucket: s3-endpoint, s3-bucket, s3-access-key and s3-secret-key."
            )
        }
    }

    private static func bucket(_ reader: SettingsReader) throws -> S3Bucket? {
        let endpoint = try reader.text(.s3Endpoint)
        let name = try reader.text(.s3Bucket)
        let accessKey = try reader.secret(.s3AccessKey, orFile: .s3AccessKeyFile)
        let secretKey = try reader.secret(.s3SecretKey, orFile: .s3SecretKeyFile)
        let given = [endpoint, name, accessKey, secretKey]
        guard given.contains(where: { $0 != nil }) else { return nil }
        let keys: [SettingKey] = [.s3Endpoint, .s3Bucket, .s3AccessKey, .s3SecretKey]
        guard let endpoint, let name, let accessKey, let secretKey else {
            let missing = zip(keys, given).filter { $0.1 == nil }.map(\.0.name).joined(separator: ", ")
            throw Failure(.unprocessable, "Of the settings of the bucket these are missing: \(missing).")
        }
        return try S3Bucket(
            endpoint: endpoint, name: name, region: try reader.text(.s3Region) ?? "us-east-1",
            credentials: S3Credentials(accessKey: accessKey, secretKey: secretKey))
    }
}
