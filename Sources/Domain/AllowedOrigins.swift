import Foundation

/// The servers that an administrator allows this one to fetch from.
package struct AllowedOrigins: Hashable, Sendable {
    /// As `origin(of:)` writes them.
    package let origins: Set<String>

    package init(_ origins: Set<String> = []) { self.origins = origins }

    /// The address, when its server is on the list.
    ///
    /// - Throws: `.unprocessable` with what is wrong.
    package func url(_ text: String) throws -> URL {
        guard let url = URL(string: text), let origin = Self.origin(of: url) else {
            throw Failure(
                .unprocessable, "This is not an address of another server, such as https://peer.example.org/api.")
        }
        guard origins.contains(origin) else {
            throw Failure(
                .unprocessable, "This server fetches nothing from \(origin). An administrator has to allow it first.",
                details: ["reason": "origin_not_allowed", "origin": origin])
        }
        return url
    }

    /// Scheme, host and port without the usual one, in lower case (RFC 6454 §6.1); nil for anything but HTTP, and for an
    /// address with a name and a password in it.
    package static func origin(of url: URL) -> String? {
        guard let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https", url.user() == nil,
            let host = url.host()?.lowercased(), !host.isEmpty, !host.contains("*")
        else { return nil }
        let usual = scheme == "https" ? 443 : 80
        let port = url.port.map { $0 == usual ? "" : ":\($0)" } ?? ""
        return "\(scheme)://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host)\(port)"
    }
}
