import Catalogue
import Delivery
import Domain
import Foundation
import Hummingbird
import HummingbirdTLS
import Intake
import Logging
import Mustache
import NIOCore
import Pipeline
import ServiceLifecycle
import Storage
import StorageS3
import Transfers
import UnixSignals
import Web

/// Every part of the server, made and connected: the one place that knows every concrete type.
struct Server {
    let settings: Settings

    /// How long requests and pictures in work may take to finish once the server is told to stop.
    private static let shutdownLimit = Duration.seconds(30)

    /// Runs until SIGTERM or SIGINT. Throws when it cannot start.
    func run() async throws {
        try settings.checkListening()
        let encryption = try settings.tls.map(Self.encryption)
        try settings.data.prepare()
        // Held until the end: two servers on one folder would give each other's work away.
        let lock = try settings.data.lock()
        defer { withExtendedLifetime(lock) {} }
        let logger = logger()
        let instance = try await Instance.open(settings, creating: true)
        let store = try await StoreOpening(settings: settings, logger: logger).openForServer()
        let scratch = ScratchFolder(path: settings.data.scratch)
        try scratch.sweep()
        let intake = try instance.intake()
        let (settled, failures) = try await intake.settleWhole()
        if settled > 0 { logger.notice("Files that came whole were taken", metadata: ["files": "\(settled)"]) }
        for failure in failures {
            logger.warning("A file that came whole could not be taken", metadata: ["error": "\(failure)"])
        }
        var work = PipelineSettings(darkroom: settings.darkroomSettings)
        work.receiptsKept = settings.receiptsKept
        let pipeline = PipelineService(
            catalogue: instance.catalogue, store: store, staging: intake.staging, scratch: scratch, settings: work,
            logger: logger)
        let models = await ownModels(logger)
        let transfers = TransferService(
            catalogue: instance.catalogue, intake: intake, allowed: settings.transferSources, logger: logger,
            queued: pipeline.wake)
        let routes = RouteWiring(settings: settings, catalogue: instance.catalogue)
        var services = WebServices(
            catalogue: instance.catalogue, store: store, intake: intake,
            tokenSigner: try await TokenSigner(secretsFolder: settings.data.secrets), passwords: Passwords(),
            configuration: webConfiguration(models), templates: try await templates(), wake: pipeline.wake,
            logger: logger)
        services.wakeTransfers = transfers.wake
        services.routes = routes.support
        services.pictureAddress = pictureAddress(store)
        let verification = VerificationService(
            catalogue: instance.catalogue, opening: routes.opening,
            scratch: ScratchFolder(path: settings.data.scratch), logger: logger)
        services.routeVerifying = RouteVerifying(
            last: { verification.last($0) },
            start: { try verification.start($0, rehash: $1, repair: $2) })
        let health = StorageHealth()
        let alerts = AlertWiring(
            settings: settings, catalogue: instance.catalogue, store: store, health: health, logger: logger)
        services.makeRendition = { [renditions = pipeline.renditions] in
            try await renditions.make($0, of: $1, revision: $2, for: .hotlink)
        }
        let application = try buildApplication(
            services: services, host: settings.host, port: settings.port,
            wrap: { server in try encryption.map { try .tls(server, tlsConfiguration: $0) } ?? server },
            onRunning: { channel in await welcome(channel, instance.catalogue, logger) })
        let inboxes = InboxOpening(settings: settings).services(
            instance.catalogue, intake, logger, taken: pipeline.wake
        ).map { ServiceGroupConfiguration.ServiceConfiguration(service: $0, serviceName: "inbox") }
        let folder = settings.data.path
        // The last is stopped first: no new requests, then no new work.
        try await run(
            try watch(store, health, logger) + inboxes + [
                .init(service: try alerts.service(), serviceName: "alerts"),
                .init(
                    service: RetentionService(
                        retention: instance.catalogue.retention, logger: logger, queued: pipeline.wake),
                    serviceName: "retention"),
                .init(service: verification, serviceName: "verification"),
                .init(
                    service: SamplingService(
                        samples: instance.catalogue.samples, usage: { pipeline.usage },
                        disk: { DiskLook.space(folder) },
                        logger: logger), serviceName: "figures"),
                .init(service: pipeline, serviceName: "pipeline"),
                .init(service: transfers, serviceName: "transfers"),
                .init(service: routes.service(store, pipeline.renditions, logger), serviceName: "routes"),
                .init(
                    service: BackupService(
                        settings: settings, catalogue: instance.catalogue, opening: routes.opening, logger: logger),
                    serviceName: "backups"),
                .init(service: application, serviceName: "web"),
            ], logger)
    }

    /// Where clients may fetch from the bucket itself.
    private func pictureAddress(_ store: any ObjectStore) -> (@Sendable (ObjectKey) -> String?)? {
        let seconds = settings.storage.redirectSeconds
        guard let store = store as? S3Store, seconds > 0 else { return nil }
        return { store.presignedAddress(of: $0, seconds: seconds) }
    }

    /// Where the pictures are in a bucket.
    private func watch(
        _ store: any ObjectStore, _ health: StorageHealth, _ logger: Logger
    ) throws -> [ServiceGroupConfiguration.ServiceConfiguration] {
        guard let store = store as? S3Store, let record = try StorageRecord.read(settings.data) else { return [] }
        let watch = StorageWatch(store: store, owner: record.owner, health: health, logger: logger)
        return [.init(service: watch, serviceName: "storage")]
    }

    private func run(_ services: [ServiceGroupConfiguration.ServiceConfiguration], _ logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.shutdownLimit
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let failure as Failure {
            throw failure
        } catch  where error is IOError || error is SocketAddressError || error is SocketAddressError.UnknownHost {
            throw Failure(
                .unavailable, "The server cannot listen on \(settings.host), port \(settings.port).", underlying: error)
        } catch {
            throw Failure(.internalError, "The server has stopped.", underlying: error)
        }
    }

    /// Says where the server is, and makes the first account now that somebody could use it.
    private func welcome(_ channel: any Channel, _ catalogue: Catalogue, _ logger: Logger) async {
        let port = channel.localAddress?.port ?? settings.port
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let address = settings.publicURL ?? "\(settings.tls == nil ? "http" : "https")://\(host):\(port)"
        Console.say("Wayside is ready at \(address)")
        do {
            guard let password = try await FirstAdministrator(catalogue: catalogue).make() else { return }
            Console.say("First login: name \(FirstAdministrator.name), one-time password \(password)")
        } catch {
            logger.error("The first account could not be made", metadata: ["error": "\(error)"])
        }
    }

    private func logger() -> Logger {
        var logger = Logger(label: "wayside")
        logger.logLevel = settings.logLevel
        return logger
    }

    private func templates() async throws -> MustacheLibrary {
        guard FileManager.default.fileExists(atPath: settings.templatesFolder) else {
            throw Failure(.unavailable, "There are no templates in \(settings.templatesFolder); set --home.")
        }
        do {
            return try await MustacheLibrary(directory: settings.templatesFolder)
        } catch {
            throw Failure(
                .internalError, "The templates in \(settings.templatesFolder) are faulty.", underlying: error)
        }
    }

    /// Looks at the operator's own models; a bad one is refused and said to be, and stops nothing.
    private func ownModels(_ logger: Logger) async -> [OwnModelState] {
        let states = await OwnModelCheck(settings: settings).all()
        for state in states where !state.isGood {
            logger.warning("A model is refused", metadata: ["file": "\(state.file)", "reason": "\(state.sentence)"])
        }
        return states
    }

    private func webConfiguration(_ models: [OwnModelState]) -> WebConfiguration {
        var configuration = WebConfiguration(
            publicURL: settings.publicURL, isPublic: settings.isPublic, instanceName: settings.instanceName,
            defaultLanguage: settings.language, templatesFolder: settings.templatesFolder,
            publicFolder: settings.publicFolder, contractFile: settings.contractFile,
            reportsPerHour: settings.reportsPerHour,
            maximumFileSize: settings.maximumFileSize,
            trustedProxies: settings.trustedProxies, usesTLS: settings.tls != nil,
            mapSources: settings.mapSources, version: Version.text)
        configuration.baseMap = settings.baseMap
        configuration.baseMapCredit = settings.baseMapCredit
        configuration.ownModels = models
        configuration.alertChannels = settings.alerts.channelNames
        configuration.scratchFolder = settings.data.scratch
        configuration.transferSources = settings.transferSources
        configuration.tokensPerHour = settings.tokensPerHour
        configuration.exportsAtOnce = settings.exportsAtOnce
        configuration.undoPeriod = settings.undoPeriod
        configuration.corsOrigins = settings.corsOrigins
        return configuration
    }

    private static func encryption(_ files: TLSFiles) throws -> TLSConfiguration {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
            return .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
        } catch {
            throw Failure(.unprocessable, "The TLS certificate or key cannot be read.", underlying: error)
        }
    }
}
