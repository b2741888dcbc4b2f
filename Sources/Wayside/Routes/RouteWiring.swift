import Catalogue
import Delivery
import Domain
import Logging
import Storage

/// What routes need, put together.
struct RouteWiring {
    let settings: Settings
    let catalogue: Catalogue
    let store: any ObjectStore

    func service(_ logger: Logger) -> DeliveryService {
        DeliveryService(catalogue: catalogue, sources: sources, opening: opening, logger: logger)
    }

    var sources: FileSources {
        FileSources(store: store, scratch: ScratchFolder(path: settings.data.scratch))
    }

    var opening: DestinationOpening { DestinationOpening() }
}
