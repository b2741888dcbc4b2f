/// Where the files of pictures are kept.
extension SettingKey {
    package static let storage = SettingKey(
        "storage", .text, fallback: "directory",
        """
        Where the files of pictures are kept: `directory` (in the data folder) or `s3` (in a bucket). \
        `wayside storage migrate` moves them from one to the other.
        """)
    package static let s3Endpoint = SettingKey(
        "s3-endpoint", .text, fallback: "none",
        "The S3 server's address, for example `https://storage.example.org` or `http://127.0.0.1:9000`.")
    package static let s3Bucket = SettingKey(
        "s3-bucket", .text, fallback: "none",
        "The bucket: private, without versions, and of this server alone.")
    package static let s3Region = SettingKey("s3-region", .text, fallback: "us-east-1", "The bucket's region.")
    package static let s3AccessKey = SettingKey(
        "s3-access-key", .text, fallback: "none", "The name of a key that may read, write, list and delete there.")
    package static let s3AccessKeyFile = SettingKey(
        "s3-access-key-file", .file, fallback: "none", "A file that holds `s3-access-key`, alone on its first line.")
    package static let s3SecretKey = SettingKey(
        "s3-secret-key", .text, fallback: "none", isSecret: true, "The secret half of the key.")
    package static let s3SecretKeyFile = SettingKey(
        "s3-secret-key-file", .file, fallback: "none", "A file that holds `s3-secret-key`, alone on its first line.")
    package static let s3Redirect = SettingKey(
        "s3-redirect", .wholeNumber, fallback: "0",
        """
        Programs that may see a picture are sent on to the bucket itself, with an address that is good for so many \
        seconds, up to 60; 0: pictures go through this server, as they always do for browsers, and originals for everybody.
        """)
}
