import Domain
import StorageS3

/// The settings that together name one bucket.
struct BucketKeys {
    let endpoint: SettingKey
    let bucket: SettingKey
    let region: SettingKey
    let accessKey: SettingKey
    let accessKeyFile: SettingKey
    let secretKey: SettingKey
    let secretKeyFile: SettingKey

    static let ofStorage = BucketKeys(
        endpoint: .s3Endpoint, bucket: .s3Bucket, region: .s3Region, accessKey: .s3AccessKey,
        accessKeyFile: .s3AccessKeyFile, secretKey: .s3SecretKey, secretKeyFile: .s3SecretKeyFile)

    /// Nil when nothing of it is said; throws when only some of it is.
    func bucket(_ reader: SettingsReader) throws -> S3Bucket? {
        let address = try reader.text(endpoint)
        let name = try reader.text(bucket)
        let access = try reader.secret(accessKey, orFile: accessKeyFile)
        let secret = try reader.secret(secretKey, orFile: secretKeyFile)
        let given = [address, name, access, secret]
        guard given.contains(where: { $0 != nil }) else { return nil }
        let keys = [endpoint, bucket, accessKey, secretKey]
        guard let address, let name, let access, let secret else {
            let missing = zip(keys, given).filter { $0.1 == nil }.map(\.0.name).joined(separator: ", ")
            throw Failure(.unprocessable, "Of the settings of the bucket these are missing: \(missing).")
        }
        return try S3Bucket(
            endpoint: address, name: name, region: try reader.text(region) ?? "us-east-1",
            credentials: S3Credentials(accessKey: access, secretKey: secret))
    }
}
