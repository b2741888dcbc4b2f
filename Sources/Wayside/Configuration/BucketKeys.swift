import Domain
import Foundation
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
        let access = try Self.secret(reader, accessKey, accessKeyFile)
        let secret = try Self.secret(reader, secretKey, secretKeyFile)
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

    /// Said directly, or the first line of a file.
    private static func secret(_ reader: SettingsReader, _ key: SettingKey, _ file: SettingKey) throws -> String? {
        guard let path = try reader.path(file) else { return try reader.text(key) }
        guard try reader.text(key) == nil else {
            throw Failure(.unprocessable, "Say \(key.name) or \(file.name), not both.")
        }
        guard let bytes = FileManager.default.contents(atPath: path),
            let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else {
            throw Failure(.unprocessable, "The file of the setting \(file.name), \(path), is empty or cannot be read.")
        }
        return line.trimmingCharacters(in: .whitespaces)
    }
}
