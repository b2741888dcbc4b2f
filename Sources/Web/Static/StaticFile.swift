import Foundation

/// A file of the public folder, in memory, with its compressed form.
struct StaticFile: Sendable {
    let bytes: [UInt8]
    /// Nil where compression gains nothing.
    let gzip: [UInt8]?
    let tag: EntityTag
    let modified: Date
    let type: String

    /// Media types of what lies in the public folder; anything else is sent as bytes to download.
    static func mediaType(ofExtension name: Substring) -> String {
        switch name {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "json", "map": "application/json; charset=utf-8"
        case "geojson": "application/geo+json; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "webp": "image/webp"
        case "ico": "image/x-icon"
        case "txt", "md": "text/plain; charset=utf-8"
        case "woff2": "font/woff2"
        case "webmanifest": "application/manifest+json"
        case "wasm": "application/wasm"
        default: "application/octet-stream"
        }
    }
}
