import Domain
import Hummingbird

/// What absolute links start with.
enum BaseURL {
    /// The public URL where one is set. Without it the Host header counts for a loopback name only, since anybody can
    /// write anything into it.
    static func of(_ request: Request, configuration: WebConfiguration, isSecure: Bool) -> String {
        if let url = configuration.publicURL { return url }
        let scheme = isSecure ? "https" : "http"
        if let host = request.head.authority, isLoopback(host) { return "\(scheme)://\(host)" }
        return "\(scheme)://localhost"
    }

    /// `localhost`, `127.…` or `[::1]`, with or without a port.
    static func isLoopback(_ host: String) -> Bool {
        let name: Substring
        let rest: Substring
        if host.hasPrefix("[") {
            name = host.prefix { $0 != "]" }.dropFirst()
            rest = host.drop { $0 != "]" }.dropFirst()
        } else {
            name = host.prefix { $0 != ":" }
            rest = host.drop { $0 != ":" }
        }
        guard rest.isEmpty || (rest.first == ":" && Int(rest.dropFirst()) != nil) else { return false }
        return Loopback.contains(name)
    }
}
