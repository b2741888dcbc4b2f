import Domain

extension RouteTable {
    /// Tiles and what describes them. Somebody's tiles answer everybody alike: what the asker may not see is not in them.
    static let maps: [String: RouteCase] = {
        var cases: [String: RouteCase] = [
            // The base map that comes with Wayside is no file of the operator's. See BaseMapTests.
            "GET /map/base": .init(access: .signedIn, path: "/map/base", success: 404...404),
            "GET /api/tileMatrixSets": .init(access: .signedIn, path: "/api/tileMatrixSets"),
            "GET /api/tileMatrixSets/{tileMatrixSet}": .init(
                access: .signedIn, path: "/api/tileMatrixSets/WebMercatorQuad"),
            "GET /api/map/tiles": .init(access: .signedIn, path: "/api/map/tiles"),
            "GET /api/map/tiles/{tileMatrixSet}": .init(access: .signedIn, path: "/api/map/tiles/WebMercatorQuad"),
            "GET /api/map/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}": .init(
                access: .signedIn, path: "/api/map/tiles/WebMercatorQuad/15/11273/16598"),
        ]
        let bases: [(route: String, path: String, access: RouteCase.Access)] = [
            ("/api", "/api", .signedIn), ("/api/users/me", "/api/users/me", .signedIn),
            // Nobody's: what names an account names it back, to whoever knows it already.
            ("/api/users/{user}", "/api/users/\(AccountID().string)", .signedIn),
            ("/api/camera_labels/{label}", "/api/camera_labels/{label}", .reads),
        ]
        for base in bases {
            for ending in ["mvt", "pbf"] {
                cases["GET \(base.route)/map/{z}/{x}/{y}.\(ending)"] = .init(
                    access: base.access, path: "\(base.path)/map/15/16598/11273.\(ending)")
            }
            for document in ["style.json", "tiles.json"] {
                cases["GET \(base.route)/map/\(document)"] = .init(
                    access: base.access, path: "\(base.path)/map/\(document)")
            }
        }
        return cases
    }()
}
