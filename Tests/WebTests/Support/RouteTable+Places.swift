/// Pictures that wait for a place, and ways.
extension RouteTable {
    private static let gpx = """
        <gpx><trk><trkseg><trkpt lat="48" lon="2"><time>2026-11-21T08:00:00Z</time></trkpt></trkseg></trk></gpx>
        """
    private static let ways = """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"@id":"way/42"},\
        "geometry":{"type":"LineString","coordinates":[[2.3,48.8],[2.4,48.9]]}}]}
        """

    static let places: [String: RouteCase] = [
        "GET /api/upload_sets/{set}/places": .init(access: .manages, path: "/api/upload_sets/{set}/places"),
        "POST /api/upload_sets/{set}/places": .init(
            access: .manages, path: "/api/upload_sets/{set}/places", body: #"{"places":[]}"#),
        "POST /api/upload_sets/{set}/places/gpx": .init(
            access: .manages, path: "/api/upload_sets/{set}/places/gpx", body: gpx),
        // Nothing waits there. See PlaceTests.
        "DELETE /api/upload_sets/{set}/places": .init(access: .manages, path: "/api/upload_sets/{set}/places"),
        "DELETE /api/upload_sets/{set}/places/{picture}": .init(
            access: .manages, path: "/api/upload_sets/{set}/places/{picture}", success: 404...404),
        "GET /uploads/{set}/places": .init(access: .manages, path: "/uploads/{set}/places"),
        "POST /uploads/{set}/places": .init(
            access: .manages, path: "/uploads/{set}/places", form: "picture_id={picture}&longitude=2&latitude=48",
            success: 404...404),
        "POST /uploads/{set}/places/give-up": .init(
            access: .manages, path: "/uploads/{set}/places/give-up", form: "picture_id=all", success: 303...303),

        "GET /api/ways": .init(access: .admin, path: "/api/ways"),
        "POST /api/ways": .init(access: .admin, path: "/api/ways?name=town", body: ways, mutates: true),
        // None are loaded. See WayTests.
        "DELETE /api/ways": .init(access: .admin, path: "/api/ways", success: 404...404),
        "POST /api/ways/link": .init(
            access: .admin, path: "/api/ways/link", body: #"{"collection":"{sequence}"}"#, success: 409...409),
        "GET /admin/ways": .init(access: .admin, path: "/admin/ways"),
        "POST /admin/ways/delete": .init(
            access: .admin, path: "/admin/ways/delete", form: "", success: 404...404),
    ]
}
