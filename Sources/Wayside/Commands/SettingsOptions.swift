import ArgumentParser

/// Settings that every command takes.
struct DataOptions: ParsableArguments {
    @Option(name: SettingKey.data.parserName, help: SettingKey.data.parserHelp) var data: String?
    @Option(name: SettingKey.config.parserName, help: SettingKey.config.parserHelp) var config: String?
    @Option(name: SettingKey.home.parserName, help: SettingKey.home.parserHelp) var home: String?

    var arguments: [String] { SettingKey.arguments([(.data, data), (.config, config), (.home, home)]) }
}

/// Settings of the server.
struct ServerOptions: ParsableArguments {
    @OptionGroup var storage: StorageOptions
    @OptionGroup var alerts: AlertOptions
    @OptionGroup var inbox: InboxOptions
    @Option(name: SettingKey.host.parserName, help: SettingKey.host.parserHelp) var host: String?
    @Option(name: SettingKey.port.parserName, help: SettingKey.port.parserHelp) var port: String?
    @Option(name: SettingKey.publicURL.parserName, help: SettingKey.publicURL.parserHelp) var publicURL: String?
    @Option(name: SettingKey.trustedProxy.parserName, help: SettingKey.trustedProxy.parserHelp)
    var trustedProxy: [String] = []
    @Flag(
        name: SettingKey.allowPlainHTTP.parserName, inversion: .prefixedNo, help: SettingKey.allowPlainHTTP.parserHelp)
    var allowPlainHTTP: Bool?
    @Flag(
        name: SettingKey.localDestinations.parserName, inversion: .prefixedNo,
        help: SettingKey.localDestinations.parserHelp)
    var localDestinations: Bool?
    @Option(name: SettingKey.tlsCertificate.parserName, help: SettingKey.tlsCertificate.parserHelp)
    var tlsCertificate: String?
    @Option(name: SettingKey.tlsKey.parserName, help: SettingKey.tlsKey.parserHelp) var tlsKey: String?
    @Flag(name: SettingKey.isPublic.parserName, inversion: .prefixedNo, help: SettingKey.isPublic.parserHelp)
    var isPublic: Bool?
    @Option(name: SettingKey.reportsPerHour.parserName, help: SettingKey.reportsPerHour.parserHelp)
    var reportsPerHour: String?
    @Option(name: SettingKey.tokensPerHour.parserName, help: SettingKey.tokensPerHour.parserHelp)
    var tokensPerHour: String?
    @Option(name: SettingKey.exportsAtOnce.parserName, help: SettingKey.exportsAtOnce.parserHelp)
    var exportsAtOnce: String?
    @Option(name: SettingKey.transferSources.parserName, help: SettingKey.transferSources.parserHelp)
    var transferSources: [String] = []
    @Option(name: SettingKey.rclone.parserName, help: SettingKey.rclone.parserHelp) var rclone: String?
    @Option(name: SettingKey.corsOrigins.parserName, help: SettingKey.corsOrigins.parserHelp)
    var corsOrigins: [String] = []
    @Option(name: SettingKey.instanceName.parserName, help: SettingKey.instanceName.parserHelp)
    var instanceName: String?
    @Option(name: SettingKey.language.parserName, help: SettingKey.language.parserHelp) var language: String?
    @Option(name: SettingKey.baseMap.parserName, help: SettingKey.baseMap.parserHelp) var baseMap: String?
    @Option(name: SettingKey.baseMapCredit.parserName, help: SettingKey.baseMapCredit.parserHelp)
    var baseMapCredit: String?
    @Option(name: SettingKey.mapSources.parserName, help: SettingKey.mapSources.parserHelp)
    var mapSources: [String] = []
    @Option(name: SettingKey.maxPixels.parserName, help: SettingKey.maxPixels.parserHelp) var maxPixels: String?
    @Option(name: SettingKey.maxFileSize.parserName, help: SettingKey.maxFileSize.parserHelp) var maxFileSize: String?
    @Option(name: SettingKey.unfinishedFiles.parserName, help: SettingKey.unfinishedFiles.parserHelp)
    var unfinishedFiles: String?
    @Option(name: SettingKey.unfinishedSize.parserName, help: SettingKey.unfinishedSize.parserHelp)
    var unfinishedSize: String?
    @Option(name: SettingKey.unfinishedHours.parserName, help: SettingKey.unfinishedHours.parserHelp)
    var unfinishedHours: String?
    @Option(name: SettingKey.undoDays.parserName, help: SettingKey.undoDays.parserHelp) var undoDays: String?
    @Option(name: SettingKey.receiptDays.parserName, help: SettingKey.receiptDays.parserHelp) var receiptDays: String?
    @Option(name: SettingKey.darkroom.parserName, help: SettingKey.darkroom.parserHelp) var darkroom: String?
    @Option(name: SettingKey.darkroomProcesses.parserName, help: SettingKey.darkroomProcesses.parserHelp)
    var darkroomProcesses: String?
    @Option(name: SettingKey.darkroomTimeLimit.parserName, help: SettingKey.darkroomTimeLimit.parserHelp)
    var darkroomTimeLimit: String?
    @Option(name: SettingKey.models.parserName, help: SettingKey.models.parserHelp) var models: String?
    @Option(name: SettingKey.tables.parserName, help: SettingKey.tables.parserHelp) var tables: String?
    @Option(name: SettingKey.logLevel.parserName, help: SettingKey.logLevel.parserHelp) var logLevel: String?

    var arguments: [String] {
        let switches: [(SettingKey, String?)] = [
            (.allowPlainHTTP, allowPlainHTTP.map { "\($0)" }), (.isPublic, isPublic.map { "\($0)" }),
            (.localDestinations, localDestinations.map { "\($0)" }),
        ]
        let texts: [(SettingKey, String?)] = [
            (.host, host), (.port, port), (.publicURL, publicURL), (.tlsCertificate, tlsCertificate),
            (.tlsKey, tlsKey), (.reportsPerHour, reportsPerHour), (.tokensPerHour, tokensPerHour),
            (.exportsAtOnce, exportsAtOnce), (.rclone, rclone), (.instanceName, instanceName),
            (.undoDays, undoDays), (.receiptDays, receiptDays),
            (.language, language), (.baseMap, baseMap), (.baseMapCredit, baseMapCredit), (.maxPixels, maxPixels),
            (.maxFileSize, maxFileSize),
            (.unfinishedFiles, unfinishedFiles), (.unfinishedSize, unfinishedSize),
            (.unfinishedHours, unfinishedHours), (.darkroom, darkroom),
            (.darkroomProcesses, darkroomProcesses), (.darkroomTimeLimit, darkroomTimeLimit),
            (.models, models), (.tables, tables), (.logLevel, logLevel),
        ]
        let lists =
            trustedProxy.map { (SettingKey.trustedProxy, $0 as String?) }
            + transferSources.map { (SettingKey.transferSources, $0 as String?) }
            + corsOrigins.map { (SettingKey.corsOrigins, $0 as String?) }
            + mapSources.map { (SettingKey.mapSources, $0 as String?) }
        return SettingKey.arguments(switches + texts + lists) + storage.arguments + alerts.arguments + inbox.arguments
    }
}

extension SettingKey {
    var parserName: NameSpecification { .customLong(name) }

    var parserHelp: ArgumentHelp {
        let plain = "\(meaning) (default: \(fallback))".replacing("`", with: "")
        return ArgumentHelp(stringLiteral: plain)
    }

    /// What was given, as the settings provider reads it.
    static func arguments(_ given: [(SettingKey, String?)]) -> [String] {
        given.flatMap { key, value in value.map { [key.option, $0] } ?? [] }
    }
}
