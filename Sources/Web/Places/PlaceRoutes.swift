import Catalogue
import Domain
import Foundation
import Hummingbird

/// Pictures that wait to be told where they were taken: listed, placed, given up. For those who may edit their set.
struct PlaceRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/upload_sets/:set/places", use: list)
        group.post("api/upload_sets/:set/places", use: place)
        group.post("api/upload_sets/:set/places/gpx", use: placeOnTrack)
        group.delete("api/upload_sets/:set/places", use: giveUpAll)
        group.delete("api/upload_sets/:set/places/:picture", use: giveUp)
    }

    private static let mostPlaces = 1000

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await Self.editable(context, services)
        let query = try Query(request, allowing: ["limit", "page"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        let kind = "held \(set.id)"
        let after = try query["page"].map { try cursor.open($0, kind: kind) }
        let held = try await services.catalogue.heldPictures.list(
            of: set.id, after: after, limit: limit + 1, viewer: context.viewer)
        let url = "\(context.baseURL)/api/upload_sets/\(set.id)/places"
        var links = [Link(rel: "self", href: url)]
        if held.count > limit {
            let page = cursor.seal(held[limit - 1].path, kind: kind)
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)&page=\(URLText.encode(page))"))
        }
        return .json([
            "held": .array(held.prefix(limit).map { .object(PlaceDocument.held($0)) }), "links": .links(links),
        ])
    }

    private struct Body: Decodable {
        let places: [PlaceForm]
    }

    /// All or none.
    @Sendable private func place(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let placing = try await placing(context)
        let forms = try await request.decodeJSON(Body.self).places
        guard forms.count <= Self.mostPlaces else {
            throw Failure(.unprocessable, "Send at most \(Self.mostPlaces) places at once.")
        }
        let held = Dictionary(try await placing.held().map { ($0.id, $0) }) { first, _ in first }
        var places: [PictureID: GivenPlace] = [:]
        for form in forms {
            let (id, place) = try form.given()
            guard let picture = held[id] else { throw Placing.notHeld }
            try Placing.check(picture, place)
            guard places.updateValue(place, forKey: id) == nil else {
                throw Failure(.unprocessable, "A picture is there twice.", details: ["picture_id": id.string])
            }
        }
        return .json(["placed": .int(try await placing.place(places))])
    }

    @Sendable private func placeOnTrack(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let placing = try await placing(context)
        let query = try Query(request, allowing: ["time_offset", "max_gap", "dry_run"])
        let offset = try Self.number(query, "time_offset", in: Placing.offsets)
        let gap = try Self.number(query, "max_gap", in: 1...3600) ?? Placing.usualGap
        guard let isTrial = ["true": true, "false": false][query["dry_run"] ?? "false"] else {
            throw Failure(.invalid, "'dry_run' is true or false.")
        }
        try request.refuseContentEncoding()
        let body = try await request.body.collect(upTo: GPXReader.largest)
        let track = try GPXReader.read(Array(body.readableBytesView))
        let (used, matches) = try await placing.match(track, offset: offset, maximumGap: gap)
        var count = matches.count { $0.given != nil }
        if !isTrial {
            let places = matches.compactMap { match in match.given.map { (match.picture.id, $0) } }
            count = try await placing.place(Dictionary(places) { first, _ in first })
        }
        return .json([
            "dry_run": .bool(isTrial), "time_offset": .double(used), "max_gap": .double(gap), "placed": .int(count),
            "track": PlaceDocument.track(track), "files": .array(matches.map(PlaceDocument.match)),
        ])
    }

    @Sendable private func giveUpAll(_ request: Request, _ context: SignedInContext) async throws -> Response {
        .json(["given_up": .int(try await placing(context).giveUp(nil))])
    }

    @Sendable private func giveUp(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let placing = try await placing(context)
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        guard try await placing.giveUp([id]) == 1 else { throw Placing.notHeld }
        return .json(["given_up": 1])
    }

    private func placing(_ context: SignedInContext) async throws -> Placing {
        Placing(services: services, set: try await Self.editable(context, services), viewer: context.viewer)
    }

    /// The set of the address, for those who may edit it.
    static func editable(_ context: SignedInContext, _ services: WebServices) async throws -> UploadSet {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await services.catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        try await Permissions(catalogue: services.catalogue).requireEdit(
            owner: set.accountID, label: set.labelID, viewer: context.viewer)
        return set
    }

    private static func number(_ query: Query, _ name: String, in range: ClosedRange<Double>) throws -> Double? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let value = Double(text), range.contains(value) else {
            let (low, high) = (Int(range.lowerBound), Int(range.upperBound))
            throw Failure(.invalid, "'\(name)' is a number of seconds from \(low) to \(high).")
        }
        return value
    }
}
