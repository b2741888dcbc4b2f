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
        let found = routes.withLock { routes in routes.filter { Self.matches($0.path, components) } }
        // Of several patterns the router takes the one that says most, and no other.
        guard let best = found.map({ Self.rank($0.path) }).max(by: { $0.lexicographicallyPrecedes($1) }) else {
            return []
        }
        var names = Set(found.filter { Self.rank($0.path) == best }.map(\.method.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        return names.sorted()
    }

    /// For each part of a path whether it is written out, begins or ends so, or can be anything.
    private static func rank(_ path: [RouterPath.Element]) -> [Int] {
        path.map { element in
            let text = element.description
            guard text.contains("{") else { return 2 }
            return text.hasPrefix("{") && text.hasSuffix("}") ? 0 : 1
        }
    }

    private static func matches(_ path: [RouterPath.Element], _ components: [Substring]) -> Bool {
        guard path.count == components.count else { return false }
        return zip(path, components).allSatisfy { element, component in element ~= component }
    }
}
