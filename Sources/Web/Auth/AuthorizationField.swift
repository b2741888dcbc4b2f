import Foundation

/// The token in an `Authorization` field: a bearer token (RFC 6750 §2.1), or, for programs that can send nothing else
/// (QGIS before 3.26), the password of Basic authentication (RFC 7617) beside any name. Nobody is ever asked for Basic,
/// so that browsers do not store it.
struct AuthorizationField {
    /// Nil for another scheme.
    let token: String?

    init(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        let value = parts.count == 2 ? String(parts[1]).trimmed : ""
        switch parts.first?.lowercased() {
        case "bearer" where !value.isEmpty: token = value
        case "basic": token = Self.password(value)
        default: token = nil
        }
    }

    private static func password(_ value: String) -> String? {
        guard let data = Data(base64Encoded: value), let text = String(data: data, encoding: .utf8),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        return String(text[text.index(after: colon)...])
    }
}
