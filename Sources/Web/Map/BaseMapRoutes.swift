import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The operator's own base map, where it is a file of this machine: a style, or an archive of which browsers ask for parts.
struct BaseMapRoutes: Sendable {
    static let path = "/map/base"

    let map: BaseMap
    private let files = FileIO()

    init(map: BaseMap) { self.map = map }

    func add(to router: Router<WebContext>) {
        router.group(context: ReaderContext.self).get(RouterPath(Self.path), use: send)
    }

    @Sendable private func send(_ request: Request, _ context: ReaderContext) async throws -> Response {
        guard let path = map.file else { throw Failure(.notFound, "The base map is no file of this server.") }
        let (size, modified) = try await BlockingWork.run { try Self.facts(path) }
        let answer = RangeResponse(
            size: size, tag: EntityTag("\(size)-\(Int(modified.timeIntervalSince1970 * 1000))"), modified: modified,
            headers: [.contentType: mediaType, .cacheControl: "private, no-cache"])
        return try await answer.response(to: request) { range in
            let bytes = range ?? 0..<size
            return try await files.loadFile(
                path: path, range: Int(bytes.lowerBound)...Int(bytes.upperBound - 1), context: context)
        }
    }

    private var mediaType: String {
        if case .style = map { "application/json; charset=utf-8" } else { "application/vnd.pmtiles" }
    }

    /// Bytes, and when the file was last written.
    private static func facts(_ path: String) throws -> (Int64, Date) {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let size = (facts[.size] as? NSNumber)?.int64Value, size > 0,
            let modified = facts[.modificationDate] as? Date
        else { throw Failure(.unavailable, "The file of the base map cannot be read.") }
        return (size, modified)
    }
}
