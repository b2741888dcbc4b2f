import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// The fields of a form that a page posted.
struct PageForm: Sendable {
    private let fields: Query

    /// Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1).
    ///
    /// - Parameter limit: bytes.
    /// - Throws: `.unsupportedMedia`, `.tooLarge`.
    init(_ request: Request, limit: Int = 64 << 10) async throws {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            throw Failure(.unsupportedMedia, "A form of a page is expected here.")
        }
        try request.refuseContentEncoding()
        let buffer = try await request.body.collect(upTo: limit)
        fields = Query(String(buffer: buffer))
    }

    /// The field as it was typed; empty when it is absent.
    subscript(name: String) -> String { fields[name] ?? "" }

    /// Each value of a field that may come several times.
    func all(_ name: String) -> [String] { fields.all.filter { $0.name == name }.map(\.value) }

    /// Where to go afterwards: a page of ours, or the start page.
    var next: String { Self.safe(self["next"]) }

    /// `path` when it is an address within this server, else `/`: a link must not lead elsewhere after signing in.
    static func safe(_ path: String) -> String {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"), path.utf8.count <= 2000,
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return "/" }
        return path
    }
}
