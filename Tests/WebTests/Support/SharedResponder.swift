import Hummingbird
import Synchronization
import Web

/// The routes of one server, put together at its first request as they are when a server starts, and not before each: with
/// hundreds of routes and their checks that took a third of the time of all tests of the API.
final class SharedResponder: Sendable {
    private let made = Mutex<RouterResponder<WebContext>?>(nil)

    /// - Parameter services: the same each time.
    func responder(_ services: WebServices) -> RouterResponder<WebContext> {
        made.withLock { made in
            if let made { return made }
            let new = buildRouter(services: services).buildResponder()
            made = new
            return new
        }
    }
}
