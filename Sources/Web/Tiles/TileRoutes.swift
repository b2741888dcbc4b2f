import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Vector tiles of everything, of one account and of one camera label, and the documents that describe them.
struct TileRoutes: Sendable {
    let services: WebServices
    private let cache = TileCache()

    init(services: WebServices) { self.services = services }

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        add(at: "api", to: reader) { _ in MapTile.Choice() }
        add(at: "api/users/me", to: reader, choice: mine)
        add(at: "api/users/:user", to: reader, choice: someones)
        add(at: "api/camera_labels/:label", to: reader, choice: ofLabel)
    }

    private typealias Choosing = @Sendable (ReaderContext) async throws -> MapTile.Choice

    private func add(at base: String, to reader: RouterGroup<ReaderContext>, choice: @escaping Choosing) {
        for ending in ["mvt", "pbf"] {
            reader.get(RouterPath("\(base)/map/:z/:x/{y}.\(ending)")) { request, context in
                try await tile(request, context, choice: choice(context))
            }
        }
        reader.get(RouterPath("\(base)/map/style.json")) { _, context in
            _ = try await choice(context)
            return Response.json(MapStyle(name: services.instanceName, tiles: tiles(base, context)).json)
        }
        reader.get(RouterPath("\(base)/map/tiles.json")) { _, context in
            _ = try await choice(context)
            return Response.json(TileJSON(name: services.instanceName, tiles: tiles(base, context)).json)
        }
    }

    /// The address of the tiles with their place in braces.
    @Sendable private func tiles(_ base: String, _ context: ReaderContext) -> String {
        var path = base
        for name in ["user", "label"] {
            if let value = context.parameters.get(name) { path = path.replacing(":\(name)", with: value.lowercased()) }
        }
        return "\(context.baseURL)/\(path)/map/{z}/{x}/{y}.mvt"
    }

    @Sendable private func mine(_ context: ReaderContext) async throws -> MapTile.Choice {
        guard let account = context.account else { throw Failure(.unauthenticated, "Sign in first.") }
        return MapTile.Choice(account: account.id)
    }

    /// An account that does not exist has no pictures either: nobody learns here which accounts there are.
    @Sendable private func someones(_ context: ReaderContext) async throws -> MapTile.Choice {
        MapTile.Choice(account: try context.identifier("user", of: "account", as: AccountID.self))
    }

    @Sendable private func ofLabel(_ context: ReaderContext) async throws -> MapTile.Choice {
        let id = try context.identifier("label", of: "label", as: CameraLabelID.self)
        guard try await services.catalogue.labels.find(id, viewer: context.viewer) != nil else {
            throw Failure.notFound("label")
        }
        return MapTile.Choice(label: id)
    }

    /// The tile whose place is in the parameters of those names.
    func tile(
        _ request: Request, _ context: ReaderContext, choice: MapTile.Choice, z: String = "z", x: String = "x",
        y: String = "y"
    ) async throws -> Response {
        let numbers = [z, x, y].compactMap { context.parameters.get($0).flatMap { Int($0) } }
        guard numbers.count == 3, let address = TileAddress(z: numbers[0], x: numbers[1], y: numbers[2]) else {
            throw Failure.notFound("tile")
        }
        let zooms = VectorTile.pictureZooms
        let first = try Query(request.uri.query).integer("pictures", default: zooms.upperBound, in: zooms)
        let tile = MapTile(
            z: address.z, x: address.x, y: address.y, choice: choice,
            layers: VectorTile.layers(zoom: address.z, pictures: first))
        return try await TileResponse(map: services.catalogue.map, cache: cache)
            .response(address, tile, viewer: context.viewer, to: request)
    }
}
