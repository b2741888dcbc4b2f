import Domain
import Foundation
import Logging
import Web

/// All settings of one run, checked.
package struct Settings: Sendable {
    package let home: String
    package let data: DataFolder
    /// The settings file that was read.
    package let file: String?

    package let storage: StorageSettings
    package let alerts: AlertSettings
    package let inbox: InboxSettings
    /// The program rclone.
    package let rclone: String

    package let host: String
    package let port: Int
    package let publicURL: String?
    package let trustedProxies: [String]
    package let allowsPlainHTTP: Bool
    package let tls: TLSFiles?

    package let isPublic: Bool
    package let corsOrigins: Set<String>
    package let transferSources: AllowedOrigins
    /// Whether routes may send to this machine itself.
    package let allowsLocalDestinations: Bool
    package let reportsPerHour: Int
    package let tokensPerHour: Int
    package let exportsAtOnce: Int
    package let instanceName: String
    package let language: Language
    package let baseMap: BaseMap
    package let baseMapCredit: String?
    package let mapSources: [String]

    package let maximumPixels: Int
    /// Bytes.
    package let maximumFileSize: Int64
    /// For files that come in parts.
    package let partialRules: PartialUploadRules

    /// Seconds.
    package let receiptsKept: TimeInterval
    /// Seconds; 0: nothing can be taken back.
    package let undoPeriod: TimeInterval

    /// Absolute path of `wayside-darkroom`.
    package let darkroom: String
    package let darkroomProcesses: Int
    package let darkroomTimeLimit: Duration
    package let modelsFolder: String
    package let tablesFolder: String
    package let logLevel: Logger.Level

    init(_ reader: SettingsReader, home: String, data: String, file: String?) throws {
        self.home = home
        self.data = DataFolder(path: data)
        self.file = file
        storage = try StorageSettings(reader)
        alerts = try AlertSettings(reader)
        rclone = try reader.text(.rclone) ?? "rclone"
        host = try reader.text(.host) ?? "127.0.0.1"
        port = try reader.wholeNumber(.port, in: 0...65_535) ?? 8080
        publicURL = try Self.publicURL(reader)
        trustedProxies = try reader.list(.trustedProxy)
        allowsPlainHTTP = try reader.yesOrNo(.allowPlainHTTP) ?? false
        tls = try TLSFiles(certificate: reader.path(.tlsCertificate), key: reader.path(.tlsKey))
        isPublic = try reader.yesOrNo(.isPublic) ?? false
        inbox = try InboxSettings(reader, data: data, own: storage.bucket, isPublic: isPublic)
        reportsPerHour = try reader.wholeNumber(.reportsPerHour, in: 1...1_000_000) ?? 30
        tokensPerHour = try reader.wholeNumber(.tokensPerHour, in: 1...1_000_000) ?? 30
        exportsAtOnce = try reader.wholeNumber(.exportsAtOnce, in: 1...1000) ?? 6
        corsOrigins = try Self.origins(reader, .corsOrigins)
        transferSources = AllowedOrigins(try Self.origins(reader, .transferSources))
        allowsLocalDestinations = try reader.yesOrNo(.localDestinations) ?? false
        instanceName = try reader.text(.instanceName) ?? "Wayside"
        language = try reader.word(.language, as: Language.self) ?? .english
        baseMap = try BaseMap(reader)
        baseMapCredit = try reader.text(.baseMapCredit)
        mapSources = try reader.list(.mapSources)
        maximumPixels = try reader.wholeNumber(.maxPixels, in: 1...2_000_000_000) ?? 150_000_000
        maximumFileSize = Int64(try reader.wholeNumber(.maxFileSize, in: 1...1_000_000) ?? 200) * 1_000_000
        partialRules = PartialUploadRules(
            maximumCount: try reader.wholeNumber(.unfinishedFiles, in: 0...1_000_000) ?? 1000,
            maximumBytes: Int64(try reader.wholeNumber(.unfinishedSize, in: 0...1_000_000_000) ?? 20_000) * 1_000_000,
            lifetime: 3600 * Double(try reader.wholeNumber(.unfinishedHours, in: 1...8760) ?? 24))
        receiptsKept = 86_400 * Double(try reader.wholeNumber(.receiptDays, in: 1...36_500) ?? 1095)
        undoPeriod = 86_400 * Double(try reader.wholeNumber(.undoDays, in: 0...3650) ?? 7)
        let folders = HomeFolder(path: home)
        darkroom = try reader.path(.darkroom) ?? HomeFolder.besideProgram("wayside-darkroom")
        darkroomProcesses =
            try reader.wholeNumber(.darkroomProcesses, in: 1...256)
            ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        darkroomTimeLimit = .seconds(try reader.wholeNumber(.darkroomTimeLimit, in: 1...3_600) ?? 120)
        modelsFolder = try reader.path(.models) ?? folders.fetched("models")
        tablesFolder = try reader.path(.tables) ?? folders.fetched("tables")
        logLevel = try reader.word(.logLevel, as: Logger.Level.self) ?? .info
    }

    /// Migrations of the catalogue.
    package var migrationsFolder: String { "\(home)/Migrations/sqlite" }
    package var templatesFolder: String { "\(home)/Templates" }
    package var publicFolder: String { "\(home)/Public" }
    package var contractFile: String { "\(home)/Docs/openapi.yaml" }

    /// As browsers write it (RFC 6454 §6.1): no path, no usual port, lower case. Never a wildcard.
    private static func origins(_ reader: SettingsReader, _ key: SettingKey) throws -> Set<String> {
        let origins = try reader.list(key).map { text in
            guard let url = URL(string: text), let origin = AllowedOrigins.origin(of: url),
                ["", "/"].contains(url.path()), url.query() == nil, url.fragment() == nil
            else {
                throw Failure(
                    .unprocessable,
                    "The setting \(key.name) takes addresses like https://server.example.org, and no wildcard.")
            }
            return origin
        }
        return Set(origins)
    }

    private static func publicURL(_ reader: SettingsReader) throws -> String? {
        guard let text = try reader.text(.publicURL) else { return nil }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil,
            url.query() == nil, url.fragment() == nil
        else {
            throw Failure(
                .unprocessable, "The setting public-url must be an address like https://pictures.example.org.")
        }
        return text
    }
}
