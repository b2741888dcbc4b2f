import HTTPTypes
import Hummingbird
import Synchronization

/// Which methods each path answers to, to tell "wrong method" from "no such page" (RFC 9110 §15.5.6).
final class AllowedMethods: Sendable {
    private let routes = Mutex<[(path: [RouterPath.Element], method: HTTPRequest.Method)]>([])

    /// Reads the finished list of routes.
    func learn(_ descriptions: [Router<WebContext>.RouteDescription]) {
        routes.withLock { $0 = descriptions.map { (Array($0.path), $0.method) } }
    }

    /// The methods of a path, sorted; empty when no route has it.
    func methods(for path: String) -> [String] {
        let components = path.split(separator: "/")
        let found = routes.withLock { routes in
            routes.filter { Self.matches($0.path, components) }.map(\.method)
        }
        guard !found.isEmpty else { return [] }
        var names = Set(found.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        return names.sorted()
    }

    private static func matches(_ path: [RouterPath.Element], _ components: [Substring]) -> Bool {
        guard path.count == components.count else { return false }
        return zip(path, components).allSatisfy { element, component in element ~= component }
    }
}
