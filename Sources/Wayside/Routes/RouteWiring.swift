import Catalogue
import Delivery
import Domain
import Foundation
import Logging
import Storage
import Web

/// What routes need, put together.
struct RouteWiring {
    let settings: Settings
    let catalogue: Catalogue

    func service(_ store: any ObjectStore, _ logger: Logger) -> DeliveryService {
        DeliveryService(catalogue: catalogue, sources: sources(store), opening: opening, logger: logger)
    }

    func sources(_ store: any ObjectStore) -> FileSources {
        let sidecar = ItemSidecar(catalogue: catalogue, baseURL: settings.publicURL ?? "")
        return FileSources(store: store, scratch: scratch, item: { try await sidecar.text(of: $0, isBackup: $1) })
    }

    private var scratch: ScratchFolder { ScratchFolder(path: settings.data.scratch) }

    var opening: DestinationOpening {
        DestinationOpening(rclone: RcloneProgram(program: settings.rclone, scratch: scratch)) {
            configuration, secrets in
            guard case .bucket(let place) = configuration else { return nil }
            return try BucketDestination(place, secrets: secrets)
        }
    }

    /// For the API, the pages and the commands.
    var support: RouteSupport {
        let (opening, rules) = (opening, RoutePlaces(data: settings.data, bucket: settings.storage.bucket))
        var support = RouteSupport()
        support.require = { route in
            try FileSources.require(route.contents, hasRenditions: false)
            for destination in route.destinations {
                try rules.require(destination.configuration)
                // What rclone does not know is said now, and not when the first picture is to be sent.
                if destination.configuration.kind == .rclone { _ = try await opening.open(destination) }
            }
        }
        support.check = { destination in
            let place = try await opening.open(destination)
            if destination.configuration.kind != .directory { return try await place.check() }
            // Its first use sets it up.
            try await place.prepare()
        }
        return support
    }
}
