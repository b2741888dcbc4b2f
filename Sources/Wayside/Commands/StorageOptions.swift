import ArgumentParser

/// Where the files of pictures are kept.
struct StorageOptions: ParsableArguments {
    @Option(name: SettingKey.storage.parserName, help: SettingKey.storage.parserHelp) var storage: String?
    @Option(name: SettingKey.s3Endpoint.parserName, help: SettingKey.s3Endpoint.parserHelp) var s3Endpoint: String?
    @Option(name: SettingKey.s3Bucket.parserName, help: SettingKey.s3Bucket.parserHelp) var s3Bucket: String?
    @Option(name: SettingKey.s3Region.parserName, help: SettingKey.s3Region.parserHelp) var s3Region: String?
    @Option(name: SettingKey.s3AccessKey.parserName, help: SettingKey.s3AccessKey.parserHelp)
    var s3AccessKey: String?
    @Option(name: SettingKey.s3AccessKeyFile.parserName, help: SettingKey.s3AccessKeyFile.parserHelp)
    var s3AccessKeyFile: String?
    @Option(name: SettingKey.s3SecretKeyFile.parserName, help: SettingKey.s3SecretKeyFile.parserHelp)
    var s3SecretKeyFile: String?
    @Option(name: SettingKey.s3Redirect.parserName, help: SettingKey.s3Redirect.parserHelp) var s3Redirect: String?

    var arguments: [String] {
        SettingKey.arguments([
            (.storage, storage), (.s3Endpoint, s3Endpoint), (.s3Bucket, s3Bucket), (.s3Region, s3Region),
            (.s3AccessKey, s3AccessKey), (.s3AccessKeyFile, s3AccessKeyFile), (.s3SecretKeyFile, s3SecretKeyFile),
            (.s3Redirect, s3Redirect),
        ])
    }
}
