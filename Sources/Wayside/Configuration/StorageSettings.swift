import Domain
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
        bucket = try BucketKeys.ofStorage.bucket(reader)
        guard kind == .directory || bucket != nil else {
            throw Failure(
                .unprocessable,
                "With the setting storage=s3 say which bucket: s3-endpoint, s3-bucket, s3-access-key and s3-secret-key."
            )
        }
    }
}
