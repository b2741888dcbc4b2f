import Domain
import Foundation

/// What the HTTP side has to know of the settings; `Wayside` fills it in.
package struct WebConfiguration: Sendable {
    /// Scheme, host and port that absolute links start with, without a trailing slash. `nil`: the Host header counts,
    /// on loopback only.
    package var publicURL: String?
    /// Whether pictures that are visible to `anyone` are shown to guests (`WAYSIDE_PUBLIC`).
    package var isPublic: Bool
    /// Shown as the title of the catalogue and of the pages.
    package var instanceName: String
    package var defaultLanguage: Language
    /// Reports that one account, or one address block of guests, may make in an hour.
    package var reportsPerHour: Int
    /// Folder of Mustache templates.
    package var templatesFolder: String
    /// Folder of static files, served as they are.
    package var publicFolder: String
    /// The OpenAPI document of the API.
    package var contractFile: String
    /// Bytes; a larger picture is refused before its body is read.
    package var maximumFileSize: Int64
    /// Addresses or CIDR blocks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    package var trustedProxies: [String]
    /// True when this process itself speaks TLS.
    package var usesTLS: Bool
    /// Further sources that the pages may load map tiles from (content security policy), e.g. `https://tiles.example`.
    package var mapSources: [String]
    package var baseMap = BaseMap.naturalEarth
    /// Who is to be named on the maps for the operator's own base map.
    package var baseMapCredit: String?
    /// Seconds after which an idle connection is closed; clearly longer than the 2 s at which clients poll.
    package var idleTimeout: Int64
    package var maximumConnections: Int
    /// Folder on a disk with room for exports while they are made.
    package var scratchFolder = FileManager.default.temporaryDirectory.appending(path: "wayside-scratch").path
    /// Seconds for which what people delete on the pages can be taken back; 0: it goes at once.
    package var undoPeriod: TimeInterval = 7 * 86_400
    /// Exports that may be under way at once.
    package var exportsAtOnce = 6
    /// Tokens that one account, or one address block of guests, may ask for in an hour.
    package var tokensPerHour = 30
    /// Origins (RFC 6454) whose pages may read the API in a browser, with a token and never with a cookie.
    package var corsOrigins: Set<String> = []
    /// The servers that sequences may be fetched from.
    package var transferSources = AllowedOrigins()
    /// The operator's own models as they were found at the start, for administrators.
    package var ownModels: [OwnModelState] = []
    /// The ways in which alerts are told, by name.
    package var alertChannels: [String] = []
    /// Shown at `/api/configuration`.
    package var version: String

    package init(
        publicURL: String? = nil, isPublic: Bool = false, instanceName: String = "Wayside",
        defaultLanguage: Language = .english, templatesFolder: String = "Templates", publicFolder: String = "Public",
        contractFile: String = "Docs/openapi.yaml",
        reportsPerHour: Int = 30, maximumFileSize: Int64 = 200 << 20, trustedProxies: [String] = [],
        usesTLS: Bool = false, mapSources: [String] = [], idleTimeout: Int64 = 60, maximumConnections: Int = 1000,
        version: String = "0.1.0"
    ) {
        self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.isPublic = isPublic
        self.instanceName = instanceName
        self.defaultLanguage = defaultLanguage
        self.reportsPerHour = reportsPerHour
        self.templatesFolder = templatesFolder
        self.publicFolder = publicFolder
        self.contractFile = contractFile
        self.maximumFileSize = maximumFileSize
        self.trustedProxies = trustedProxies
        self.usesTLS = usesTLS
        self.mapSources = mapSources
        self.idleTimeout = idleTimeout
        self.maximumConnections = maximumConnections
        self.version = version
    }
}
