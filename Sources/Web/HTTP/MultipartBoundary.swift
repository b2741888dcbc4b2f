import Domain

/// The boundary of a `multipart/form-data` content type (RFC 2046 §5.1.1, RFC 7578).
struct MultipartBoundary {
    let text: String

    /// Throws `.unsupportedMedia` for another type, `.invalid` for a missing or malformed boundary.
    init(contentType: String?) throws {
        let parts = (contentType ?? "").split(separator: ";", omittingEmptySubsequences: false)
        guard parts.first?.lowercased().trimmed == "multipart/form-data" else {
            throw Failure(.unsupportedMedia, "Send the picture as multipart/form-data.")
        }
        let parameter = parts.dropFirst().map { String($0).trimmed }.first { $0.lowercased().hasPrefix("boundary=") }
        guard var value = parameter?.dropFirst("boundary=".count) else {
            throw Failure(.invalid, "The content type names no boundary.")
        }
        if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 { value = value.dropFirst().dropLast() }
        let isPlain = value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        guard (1...70).contains(value.utf8.count), isPlain, value.last != " " else {
            throw Failure(.invalid, "The boundary has 1 to 70 plain characters.")
        }
        text = String(value)
    }
}
