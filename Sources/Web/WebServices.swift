import Catalogue
import Domain
import Foundation
import Intake
import Logging
import Mustache
import Storage

/// Everything that handlers work with; made once, by `Wayside` or by a test.
package struct WebServices: Sendable {
    package let catalogue: Catalogue
    package let store: any ObjectStore
    package let intake: Intake
    package let tokenSigner: TokenSigner
    package let passwords: Passwords
    package let configuration: WebConfiguration
    package let templates: MustacheLibrary
    /// Tells the pipeline that a job was queued.
    package let wake: @Sendable () -> Void
    /// Tells the service that fetches from other servers that a transfer was asked for.
    package var wakeTransfers: @Sendable () -> Void = {}
    /// What routes may send, and where.
    package var routes = RouteSupport()
    /// An address of the storage itself at which a file that may be shown can be fetched for a moment without a key; nil
    /// where everything goes through the server.
    package var pictureAddress: (@Sendable (ObjectKey) -> String?)?
    /// Makes a copy of what may be shown of a picture at another size; `.notFound` for an earlier revision.
    package var makeRendition: @Sendable (Rendition, PictureID, Int) async throws -> TemporaryFile = { _, _, _ in
        throw Failure(.unavailable, "No copies can be made here.")
    }
    /// Copies of the newest pictures of hotlinks.
    package let hotlinks: HotlinkShelf
    /// Compares destinations of routes.
    package var routeVerifying = RouteVerifying.none
    /// Looks at the file system of a folder; a test's own, where two answers are compared.
    package var diskLook: @Sendable (String) -> DiskSpace? = { DiskSpace(folder: $0) }
    package let logger: Logger
    /// What limits by the hour and waits go by; a test's own where it has to pass quickly.
    package let clock: @Sendable () -> Date

    /// Who a token belongs to, remembered for a moment.
    package let sessions: Sessions
    /// What administrators say of the whole instance.
    package let instance: InstanceLook
    /// Where exports are made.
    package let scratch: ScratchFolder
    /// How many exports there may be at once.
    package let exportPlaces: ExportPlaces
    /// Signing in with a password, with lock-out.
    package let login: Login

    /// What clients are told, in their language.
    func sentences(_ language: Language) -> Sentences {
        Sentences.of(language, folder: configuration.templatesFolder)
    }

    package init(
        catalogue: Catalogue, store: any ObjectStore, intake: Intake, tokenSigner: TokenSigner,
        passwords: Passwords, configuration: WebConfiguration, templates: MustacheLibrary,
        wake: @escaping @Sendable () -> Void, logger: Logger, clock: @escaping @Sendable () -> Date = { .now }
    ) {
        self.catalogue = catalogue
        self.store = store
        self.intake = intake
        self.tokenSigner = tokenSigner
        self.passwords = passwords
        self.configuration = configuration
        self.templates = templates
        self.wake = wake
        self.logger = logger
        scratch = ScratchFolder(path: configuration.scratchFolder)
        exportPlaces = ExportPlaces(most: configuration.exportsAtOnce)
        self.clock = clock
        hotlinks = HotlinkShelf(clock: clock)
        instance = InstanceLook(catalogue: catalogue)
        sessions = Sessions(catalogue: catalogue, signer: tokenSigner)
        login = Login(catalogue: catalogue, passwords: passwords, signer: tokenSigner, clock: clock)
    }
}
