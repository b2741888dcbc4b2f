import ArgumentParser

/// What comes in by itself.
struct InboxOptions: ParsableArguments {
    @Option(name: SettingKey.inbox.parserName, help: SettingKey.inbox.parserHelp) var inbox: String?
    @Option(name: SettingKey.inboxPrefix.parserName, help: SettingKey.inboxPrefix.parserHelp)
    var inboxPrefix: String?
    @Option(name: SettingKey.inboxS3Endpoint.parserName, help: SettingKey.inboxS3Endpoint.parserHelp)
    var inboxS3Endpoint: String?
    @Option(name: SettingKey.inboxS3Bucket.parserName, help: SettingKey.inboxS3Bucket.parserHelp)
    var inboxS3Bucket: String?
    @Option(name: SettingKey.inboxS3Region.parserName, help: SettingKey.inboxS3Region.parserHelp)
    var inboxS3Region: String?
    @Option(name: SettingKey.inboxS3AccessKey.parserName, help: SettingKey.inboxS3AccessKey.parserHelp)
    var inboxS3AccessKey: String?
    @Option(name: SettingKey.inboxS3AccessKeyFile.parserName, help: SettingKey.inboxS3AccessKeyFile.parserHelp)
    var inboxS3AccessKeyFile: String?
    @Option(name: SettingKey.inboxS3SecretKeyFile.parserName, help: SettingKey.inboxS3SecretKeyFile.parserHelp)
    var inboxS3SecretKeyFile: String?
    @Option(name: SettingKey.inboxAccount.parserName, help: SettingKey.inboxAccount.parserHelp)
    var inboxAccount: String?
    @Option(name: SettingKey.inboxAfter.parserName, help: SettingKey.inboxAfter.parserHelp) var inboxAfter: String?
    @Option(name: SettingKey.inboxUnplaced.parserName, help: SettingKey.inboxUnplaced.parserHelp)
    var inboxUnplaced: String?
    @Option(name: SettingKey.inboxPatience.parserName, help: SettingKey.inboxPatience.parserHelp)
    var inboxPatience: String?
    @Option(name: SettingKey.inboxInterval.parserName, help: SettingKey.inboxInterval.parserHelp)
    var inboxInterval: String?
    @Option(name: SettingKey.inboxQuiet.parserName, help: SettingKey.inboxQuiet.parserHelp) var inboxQuiet: String?

    var arguments: [String] {
        SettingKey.arguments([
            (.inbox, inbox), (.inboxPrefix, inboxPrefix), (.inboxS3Endpoint, inboxS3Endpoint),
            (.inboxS3Bucket, inboxS3Bucket), (.inboxS3Region, inboxS3Region), (.inboxS3AccessKey, inboxS3AccessKey),
            (.inboxS3AccessKeyFile, inboxS3AccessKeyFile), (.inboxS3SecretKeyFile, inboxS3SecretKeyFile),
            (.inboxAccount, inboxAccount), (.inboxAfter, inboxAfter), (.inboxUnplaced, inboxUnplaced),
            (.inboxPatience, inboxPatience), (.inboxInterval, inboxInterval), (.inboxQuiet, inboxQuiet),
        ])
    }
}
