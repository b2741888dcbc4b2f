import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Storage

/// An export as an answer: chosen first, so that what is refused is refused with a status, then streamed.
struct Export: Sendable {
    let services: WebServices
    let order: ExportOrder
    /// What it is of, for the file's name.
    let title: String
    let asker: ExportAsker

    private static let chunk = 128 * 1024

    func response(of scope: ExportScope, to request: Request) async throws -> Response {
        let place = try services.exportPlaces.take(for: asker.name)
        let (store, schemes) = (services.catalogue.exports, try await schemes())
        let chosen = try await store.choose(
            scope, saidIn: order.format.isOfClasses ? schemes : nil, limit: order.format.mostPictures,
            viewer: asker.viewer)
        var response = Response(status: .ok, headers: headers)
        guard request.method != .head else {
            // How long it would be is known once it is made.
            response.body = Self.holding(place, ResponseBody { writer in try await writer.finish(nil) })
            return response
        }
        let cursor = ExportCursor(store: store, chosen: chosen, viewer: asker.viewer)
        response.body = Self.holding(place, try await body(cursor, schemes))
        return response
    }

    /// The same bytes; the place goes back when they are out, or cannot be sent.
    private static func holding(_ place: ExportPlaces.Place, _ body: ResponseBody) -> ResponseBody {
        ResponseBody(contentLength: body.contentLength) { writer in
            defer { place.giveBack() }
            try await body.write(writer)
        }
    }

    private var headers: HTTPFields {
        let name = SafeFileName.part(title, fallback: "wayside")
        let today = RFC3339.string(.now).prefix(10)
        return [
            .contentType: order.format.mediaType, .cacheControl: "private, no-store", .vary: "Cookie, Authorization",
            .xContentTypeOptions: "nosniff",
            .contentDisposition: SafeFileName.disposition("\(name)-\(today).\(order.format.ending)"),
        ]
    }

    /// Those whose classes are wanted, as far as the viewer knows them. Throws `.invalid` for one that they do not.
    private func schemes() async throws -> [ClassScheme] {
        guard order.format.isOfClasses else { return [] }
        let known = try await services.catalogue.classes.list(viewer: asker.viewer)
        guard let id = order.scheme else { return known }
        guard let scheme = known.first(where: { $0.id == id }) else { throw ExportOrder.unknownScheme }
        return [scheme]
    }

    private func body(_ cursor: ExportCursor, _ schemes: [ClassScheme]) async throws -> ResponseBody {
        switch order.format {
        case .geojson: return text(GeoJSONText(baseURL: asker.baseURL), cursor)
        case .csv: return text(CSVText(baseURL: asker.baseURL), cursor)
        case .gpx: return text(GPXText(title: title, baseURL: asker.baseURL), cursor)
        case .gpkg:
            let making = GeoPackageMaking(scratch: services.scratch, baseURL: asker.baseURL)
            return Self.bytes(of: try await making.file(cursor))
        case .coco:
            let coco = COCOBody(services: services, schemes: schemes, title: title, baseURL: asker.baseURL)
            return ResponseBody { writer in try await coco.write(cursor, to: &writer) }
        case .classTable: return text(ClassTableText(schemes: schemes, baseURL: asker.baseURL), cursor)
        case .zip, .classFolders:
            let zip = ZipBody(
                services: services, size: order.size, baseURL: asker.baseURL,
                folders: schemes.first.map { ClassFolders(scheme: $0) })
            return ResponseBody { writer in try await zip.write(cursor, to: &writer) }
        }
    }

    private func text(_ text: some ExportText & Sendable, _ cursor: ExportCursor) -> ResponseBody {
        ResponseBody { writer in
            var (text, cursor, bytes) = (text, cursor, [UInt8]())
            text.begin(&bytes)
            while let entries = try await cursor.next() {
                for entry in entries { text.add(entry, to: &bytes) }
                try await writer.write(ByteBuffer(bytes: bytes))
                bytes.removeAll(keepingCapacity: true)
            }
            text.end(&bytes)
            try await writer.write(ByteBuffer(bytes: bytes))
            try await writer.finish(nil)
        }
    }

    private static func bytes(of file: OpenFile) -> ResponseBody {
        ResponseBody(contentLength: Int(file.size)) { writer in
            for start in stride(from: 0, to: file.size, by: chunk) {
                let count = min(chunk, Int(file.size - start))
                try await writer.write(try await BlockingWork.run { try file.read(at: start, count: count) })
            }
            try await writer.finish(nil)
        }
    }
}
