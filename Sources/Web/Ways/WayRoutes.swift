import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// The extract of OpenStreetMap that pictures are linked by, and the links: for administrators.
struct WayRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/ways", use: show)
        admin.post("api/ways", use: load)
        admin.delete("api/ways", use: remove)
        admin.post("api/ways/link", use: link)
    }

    private var ways: WayStore { services.catalogue.ways }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        .json(["extract": try await ways.current().map(Self.document) ?? .null])
    }

    /// The body is the file itself.
    @Sendable private func load(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = try Query(request, allowing: ["name"])
        let name = query["name"]?.trimmed ?? ""
        guard (1...200).contains(name.count) else {
            throw Failure(.invalid, "Give the extract a name of at most 200 characters: '?name='.")
        }
        try request.refuseContentEncoding()
        let body = try await request.body.collect(upTo: WayReader.largest)
        let (ways, others) = try await WayReader.read(Data(body.readableBytesView))
        let extract = try await self.ways.load(ways, as: name, by: context.viewer, at: services.clock())
        return .json(["extract": Self.document(extract), "other_features": .int(others)], status: .created)
    }

    @Sendable private func remove(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await ways.remove(by: context.viewer, at: services.clock())
        return .noContent
    }

    private struct LinkRequest: Decodable {
        let cameraLabel: String?
        let collection: String?
        let uploadSet: String?
        let distance: Double?
        let replace: Bool?
        let after: String?
        let limit: Int?

        enum CodingKeys: String, CodingKey {
            case collection, distance, replace, after, limit
            case cameraLabel = "camera_label"
            case uploadSet = "upload_set"
        }
    }

    /// Some pictures at a time, so that whoever asks can tell how far it is.
    @Sendable private func link(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(LinkRequest.self)
        let scope = try await scope(body, context.viewer)
        let order = try WayLinking(
            scope: scope, distance: body.distance ?? WayLinking.usualDistance, replaces: body.replace ?? false)
        let limit = body.limit ?? 500
        guard (1...1000).contains(limit) else { throw Failure(.unprocessable, "limit is from 1 to 1000.") }
        var last: PictureID?
        if let after = body.after {
            guard let id = PictureID(after) else { throw Failure(.unprocessable, "after is no picture's id.") }
            last = id
        }
        let outcome = try await ways.link(order, after: last, limit: limit, by: context.viewer)
        var object: JSONObject = [
            "pictures": .int(try await ways.count(scope, viewer: context.viewer)), "looked_at": .int(outcome.looked),
            "linked": .int(outcome.linked), "kept": .int(outcome.kept),
        ]
        object["next"] = outcome.last.map { .string($0.string) }
        return .json(.object(object))
    }

    private func scope(_ body: LinkRequest, _ viewer: Viewer) async throws -> WayLinking.Scope {
        let catalogue = services.catalogue
        switch (body.cameraLabel, body.collection, body.uploadSet) {
        case (let name?, nil, nil):
            return .label(
                try await LabelChoice(catalogue: catalogue).label(named: name, title: name, viewer: viewer).id)
        case (nil, let text?, nil):
            guard let id = SequenceID(text), try await catalogue.sequences.find(id, viewer: viewer) != nil else {
                throw Failure.notFound("collection")
            }
            return .sequence(id)
        case (nil, nil, let text?):
            guard let id = UploadSetID(text), try await catalogue.uploadSets.find(id, viewer: viewer) != nil else {
                throw Failure.notFound("upload set")
            }
            return .uploadSet(id)
        default:
            throw Failure(.unprocessable, "Say one of camera_label, collection and upload_set.")
        }
    }

    private static func document(_ extract: WayExtract) -> JSON {
        var object: JSONObject = [
            "name": .string(extract.name), "loaded_at": .string(RFC3339.string(extract.loadedAt)),
            "ways": .int(extract.ways),
        ]
        object["bbox"] = extract.box.map {
            .array([.double($0.west), .double($0.south), .double($0.east), .double($0.north)])
        }
        return .object(object)
    }
}
