import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Areas where nothing may be shown: the instance's, by administrators, and each account's for its own pictures.
struct AreaRoutes: Sendable {
    let services: WebServices
    private let administration: AreaAdministration

    init(services: WebServices) {
        self.services = services
        administration = AreaAdministration(catalogue: services.catalogue)
    }

    func add(to router: Router<WebContext>) {
        router.group(context: ReaderContext.self).get("api/configuration/excluded_areas", use: list)
        let admin = router.group(context: AdminContext.self)
        admin.post("api/configuration/excluded_areas", use: create)
        admin.put("api/configuration/excluded_areas", use: replace)
        admin.delete("api/configuration/excluded_areas/:area", use: remove)
        let own = router.group(context: SignedInContext.self)
        own.get("api/users/me/excluded_areas", use: listMine)
        own.post("api/users/me/excluded_areas", use: createMine)
        own.delete("api/users/me/excluded_areas/:area", use: removeMine)
    }

    private var catalogue: Catalogue { services.catalogue }
    /// Bytes of a FeatureCollection; what holds a million points is not sent by a person.
    private static let largestCollection = 16 << 20

    @Sendable private func list(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let query = try Query(request, allowing: ["all"])
        let isForAll = query["all"] == "true"
        guard !isForAll || context.viewer.seesEverything else {
            throw Failure(.forbidden, "Only administrators see all areas.")
        }
        return .geoJSON(AreaDocument.collection(try await catalogue.areas.list(onlyPublic: !isForAll)))
    }

    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let area = try await request.decodeJSON(AreaRequest.self).area()
        let effect = try await administration.add(area, by: context.viewer)
        return .json(AreaDocument(area: area).json(effect), status: .created)
    }

    /// With `invert=true` these are the allowed areas: everything outside them is excluded.
    @Sendable private func replace(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = try Query(request, allowing: ["invert"])
        guard ["true", "false", nil].contains(query["invert"]) else {
            throw Failure(.invalid, "'invert' is true or false.")
        }
        let body = try await request.decodeJSON(AreasRequest.self, limit: Self.largestCollection)
        let areas = try body.areas(kind: query["invert"] == "true" ? .allowed : nil)
        let effect = try await administration.replace(with: areas, by: context.viewer)
        return .geoJSON(AreaDocument.collection(areas, effect))
    }

    @Sendable private func remove(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("area", of: "area", as: ExcludedAreaID.self)
        _ = try await administration.delete(id, of: nil, by: context.viewer)
        return .noContent
    }

    @Sendable private func listMine(_ request: Request, _ context: SignedInContext) async throws -> Response {
        .geoJSON(AreaDocument.collection(try await catalogue.areas.list(of: context.account.id)))
    }

    @Sendable private func createMine(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let area = try await request.decodeJSON(AreaRequest.self).area(of: context.account.id)
        let effect = try await administration.add(area, by: context.viewer)
        return .json(AreaDocument(area: area).json(effect), status: .created)
    }

    @Sendable private func removeMine(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("area", of: "area", as: ExcludedAreaID.self)
        _ = try await administration.delete(id, of: context.account.id, by: context.viewer)
        return .noContent
    }
}
