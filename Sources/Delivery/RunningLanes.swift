import Catalogue
import Domain
import Synchronization

/// Which destinations are being delivered to: never one twice at a time.
final class RunningLanes: Sendable {
    private struct Lane: Hashable {
        let route: RouteID
        let number: Int
    }

    private let lanes = Mutex<Set<Lane>>([])

    /// False when it is running already.
    func start(_ due: DestinationStore.Due) -> Bool {
        lanes.withLock { $0.insert(Lane(route: due.routeID, number: due.number)).inserted }
    }

    func end(_ due: DestinationStore.Due) {
        lanes.withLock { _ = $0.remove(Lane(route: due.routeID, number: due.number)) }
    }
}
