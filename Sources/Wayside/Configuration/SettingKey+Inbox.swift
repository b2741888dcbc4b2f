/// What comes in by itself.
extension SettingKey {
    package static let allOfInbox = [
        inbox, inboxPrefix, inboxS3Endpoint, inboxS3Bucket, inboxS3Region, inboxS3AccessKey, inboxS3AccessKeyFile,
        inboxS3SecretKey, inboxS3SecretKeyFile, inboxAccount, inboxAfter, inboxUnplaced, inboxPatience, inboxInterval,
        inboxQuiet,
    ]

    package static let inbox = SettingKey(
        "inbox", .folder, fallback: "none",
        """
        A folder whose folders are called like camera labels: what is put into them is taken. It may lie in the data \
        folder or outside.
        """)
    package static let inboxPrefix = SettingKey(
        "inbox-prefix", .text, fallback: "none",
        """
        The same in a bucket, for example `inbox/`: in the one of `inbox-s3-bucket`, else in the server's own.
        """)
    package static let inboxS3Endpoint = SettingKey(
        "inbox-s3-endpoint", .text, fallback: "none", "The S3 server of another bucket for `inbox-prefix`.")
    package static let inboxS3Bucket = SettingKey("inbox-s3-bucket", .text, fallback: "none", "That bucket.")
    package static let inboxS3Region = SettingKey(
        "inbox-s3-region", .text, fallback: "us-east-1", "That bucket's region.")
    package static let inboxS3AccessKey = SettingKey(
        "inbox-s3-access-key", .text, fallback: "none", "The name of a key that may read, write, list and delete there."
    )
    package static let inboxS3AccessKeyFile = SettingKey(
        "inbox-s3-access-key-file", .file, fallback: "none",
        "A file that holds `inbox-s3-access-key`, alone on its first line.")
    package static let inboxS3SecretKey = SettingKey(
        "inbox-s3-secret-key", .text, fallback: "none", isSecret: true, "The secret half of that key.")
    package static let inboxS3SecretKeyFile = SettingKey(
        "inbox-s3-secret-key-file", .file, fallback: "none",
        "A file that holds `inbox-s3-secret-key`, alone on its first line.")
    package static let inboxAccount = SettingKey(
        "inbox-account", .text, fallback: "the first administrator",
        "The account that owns what comes through the inbox, and needs the right to send to the labels.")
    package static let inboxAfter = SettingKey(
        "inbox-after", .text, fallback: "move",
        "What happens to a file that was taken: `move` (to `done/`) or `delete`. What is refused always goes to `refused/`."
    )
    package static let inboxUnplaced = SettingKey(
        "inbox-unplaced", .text, fallback: "refuse",
        "What happens to a picture that does not say where or when it was taken: `refuse`, or `hold` it for 30 days, to be told."
    )
    package static let inboxPatience = SettingKey(
        "inbox-patience", .wholeNumber, fallback: "10",
        "A file of the inbox's folder is taken when nothing about it has changed for so long. Seconds.")
    package static let inboxInterval = SettingKey(
        "inbox-interval", .wholeNumber, fallback: "5", "How often the inbox is looked at. Seconds.")
    package static let inboxQuiet = SettingKey(
        "inbox-quiet", .wholeNumber, fallback: "300",
        "When nothing more has come for so long, the pictures become sequences. Seconds.")
}
