import ArgumentParser

/// Who is told of alerts, for commands that tell.
struct AlertOptions: ParsableArguments {
    @Option(name: SettingKey.alertTo.parserName, help: SettingKey.alertTo.parserHelp) var alertTo: [String] = []
    @Option(name: SettingKey.alertFrom.parserName, help: SettingKey.alertFrom.parserHelp) var alertFrom: String?
    @Option(name: SettingKey.smtpHost.parserName, help: SettingKey.smtpHost.parserHelp) var smtpHost: String?
    @Option(name: SettingKey.smtpPort.parserName, help: SettingKey.smtpPort.parserHelp) var smtpPort: String?
    @Option(name: SettingKey.smtpSecurity.parserName, help: SettingKey.smtpSecurity.parserHelp)
    var smtpSecurity: String?
    @Option(name: SettingKey.smtpUser.parserName, help: SettingKey.smtpUser.parserHelp) var smtpUser: String?
    @Option(name: SettingKey.smtpPasswordFile.parserName, help: SettingKey.smtpPasswordFile.parserHelp)
    var smtpPasswordFile: String?
    @Option(name: SettingKey.smtpAuthorities.parserName, help: SettingKey.smtpAuthorities.parserHelp)
    var smtpAuthorities: String?
    @Option(name: SettingKey.alertWebhookSecretFile.parserName, help: SettingKey.alertWebhookSecretFile.parserHelp)
    var alertWebhookSecretFile: String?
    @Option(name: SettingKey.alertReminder.parserName, help: SettingKey.alertReminder.parserHelp)
    var alertReminder: String?
    @Option(name: SettingKey.alertDisk.parserName, help: SettingKey.alertDisk.parserHelp) var alertDisk: String?
    @Option(name: SettingKey.alertDelivery.parserName, help: SettingKey.alertDelivery.parserHelp)
    var alertDelivery: String?

    var arguments: [String] {
        SettingKey.arguments(
            alertTo.map { (.alertTo, $0 as String?) } + [
                (.alertFrom, alertFrom), (.smtpHost, smtpHost), (.smtpPort, smtpPort),
                (.smtpSecurity, smtpSecurity), (.smtpUser, smtpUser), (.smtpPasswordFile, smtpPasswordFile),
                (.smtpAuthorities, smtpAuthorities), (.alertWebhookSecretFile, alertWebhookSecretFile),
                (.alertReminder, alertReminder), (.alertDisk, alertDisk), (.alertDelivery, alertDelivery),
            ])
    }
}
