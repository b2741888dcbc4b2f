import Foundation
import HTTPTypes
import Hummingbird

/// Tells whether a browser sent a request on behalf of another site (Fetch Metadata; RFC 6454 `Origin`).
struct CrossSiteCheck {
    let request: Request
    let baseURL: String

    enum Verdict {
        case sameSite
        case otherSite
        /// No header that says: not a browser of today.
        case unknown
    }

    var verdict: Verdict {
        if let site = request.headers[.secFetchSite] {
            return site == "same-origin" || site == "none" ? .sameSite : .otherSite
        }
        guard let origin = request.headers[.origin] else { return .unknown }
        return isOurs(origin) ? .sameSite : .otherSite
    }

    /// A page of another site cannot choose the Host header, so an origin of that host is ours as well.
    private func isOurs(_ origin: String) -> Bool {
        if origin == baseURL { return true }
        guard let host = request.head.authority, let start = origin.range(of: "://") else { return false }
        return origin[start.upperBound...].lowercased() == host.lowercased()
    }

    static func isSafe(_ method: HTTPRequest.Method) -> Bool {
        method == .get || method == .head || method == .options
    }
}

extension HTTPField.Name {
    /// RFC 8288.
    static let link = HTTPField.Name("Link") ?? .origin
    static let secFetchDest = HTTPField.Name("Sec-Fetch-Dest") ?? .origin
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .origin
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto") ?? .origin
    static let requestIdentifier = HTTPField.Name("X-Request-Id") ?? .origin
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .origin
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy") ?? .origin
    static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .origin
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .origin
}
