import Catalogue
import Delivery
import Domain
import Foundation
import Logging
import Pipeline
import Storage
import Web

/// What routes need, put together.
struct RouteWiring {
    let settings: Settings
    let catalogue: Catalogue

    func service(_ store: any ObjectStore, _ renditions: Renditions, _ logger: Logger) -> DeliveryService {
        let sidecar = ItemSidecar(catalogue: catalogue, baseURL: settings.publicURL ?? "")
        let sources = FileSources(
            store: store, scratch: scratch, item: { try await sidecar.text(of: $0, isBackup: $1) },
            rendition: { try await renditions.make($2, of: $0, revision: $1) })
        return DeliveryService(catalogue: catalogue, sources: sources, opening: opening, logger: logger)
    }

    private var scratch: ScratchFolder { ScratchFolder(path: settings.data.scratch) }

    private var addresses: RouteAddresses { RouteAddresses(allowsThisMachine: settings.allowsLocalDestinations) }

    /// Looks at the address each time: a name may lead elsewhere since the route was made.
    var opening: DestinationOpening {
        let addresses = addresses
        return Self.opening(settings, catalogue) { try await addresses.require($0) }
    }

    /// Also where there is no catalogue yet; another Wayside cannot be sent to then. Who is at the machine itself may
    /// read from wherever it likes.
    static func opening(
        _ settings: Settings, _ catalogue: Catalogue? = nil,
        require: @escaping @Sendable (DestinationConfiguration) async throws -> Void = { _ in }
    ) -> DestinationOpening {
        let scratch = ScratchFolder(path: settings.data.scratch)
        let layer = catalogue.map { SecondLayer(catalogue: $0, name: settings.instanceName) }
        return DestinationOpening(
            rclone: RcloneProgram(program: settings.rclone, scratch: scratch)
        ) { configuration, secrets in
            try await require(configuration)
            switch configuration {
            case .bucket(let place): return try BucketDestination(place, secrets: secrets)
            case .wayside(let place): return try layer?.destination(place, secrets: secrets)
            case .directory, .rclone, .http: return nil
            }
        }
    }

    /// For the API, the pages and the commands.
    var support: RouteSupport {
        let (opening, addresses) = (opening, addresses)
        let rules = RoutePlaces(
            data: settings.data,
            program: [settings.publicFolder, settings.templatesFolder, "\(settings.home)/Migrations"],
            bucket: settings.storage.bucket)
        var support = RouteSupport()
        support.require = { route in
            for destination in route.destinations {
                try rules.require(destination.configuration)
                try await addresses.require(destination.configuration)
                // What rclone does not know is said now, and not when the first picture is to be sent.
                if destination.configuration.kind == .rclone { _ = try await opening.open(destination) }
            }
        }
        support.check = { destination, isNew in
            let place = try await opening.open(destination)
            if isNew { try await place.prepare() } else { try await place.check() }
        }
        return support
    }
}
