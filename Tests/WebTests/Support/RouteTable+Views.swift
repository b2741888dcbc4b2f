/// What a label's pictures show, and to whom the newest.
extension RouteTable {
    static let views: [String: RouteCase] = [
        "GET /api/camera_labels/{label}/mounting": .init(access: .admin, path: "/api/camera_labels/{label}/mounting"),
        "PUT /api/camera_labels/{label}/mounting": .init(
            access: .admin, path: "/api/camera_labels/{label}/mounting",
            body: #"{"relative_heading":-90,"clock_zone":"UTC"}"#, mutates: true),
        "GET /api/camera_labels/{label}/processing": .init(
            access: .admin, path: "/api/camera_labels/{label}/processing"),
        "PATCH /api/camera_labels/{label}/processing": .init(
            access: .admin, path: "/api/camera_labels/{label}/processing", body: #"{"rotation":90,"crop":null}"#,
            mutates: true),
        "POST /api/camera_labels/{label}/processing": .init(
            access: .admin, path: "/api/camera_labels/{label}/processing", mutates: true),
        // There is none.
        "GET /api/camera_labels/{label}/logo": .init(
            access: .admin, path: "/api/camera_labels/{label}/logo", success: 404...404),
        "PUT /api/camera_labels/{label}/logo": .init(
            access: .admin, path: "/api/camera_labels/{label}/logo", body: "no picture", success: 422...422),
        "DELETE /api/camera_labels/{label}/logo": .init(
            access: .admin, path: "/api/camera_labels/{label}/logo", mutates: true),
        "POST /admin/labels/{label}/hidden": .init(
            access: .admin, path: "/admin/labels/{label}/hidden", form: "redaction=default&face=yes&plate=yes",
            mutates: true, success: 303...303),
        "POST /admin/labels/{label}/rows": .init(
            access: .admin, path: "/admin/labels/{label}/rows", form: "sky-until=10&bonnet-from=90", mutates: true,
            success: 303...303),
        "POST /admin/labels/{label}/mounting": .init(
            access: .admin, path: "/admin/labels/{label}/mounting", form: "relative-heading=90&clock-zone=Europe/Paris",
            mutates: true, success: 303...303),
        "POST /admin/labels/{label}/masks": .init(
            access: .admin, path: "/admin/labels/{label}/masks", form: "points=0,0+1,0+1,1", mutates: true,
            success: 303...303),
        "POST /admin/labels/{label}/masks/delete": .init(
            access: .admin, path: "/admin/labels/{label}/masks/delete", form: "points=0,0+1,0+1,1", mutates: true,
            success: 303...303),
        "POST /admin/labels/{label}/redaction": .init(
            access: .admin, path: "/admin/labels/{label}/redaction", form: "redaction=fast", mutates: true,
            success: 303...303),
        "GET /admin/labels/{label}/processing": .init(access: .admin, path: "/admin/labels/{label}/processing"),
        "POST /admin/labels/{label}/processing": .init(
            access: .admin, path: "/admin/labels/{label}/processing",
            form: "rotation=180&crop=none&legend-corner=top-left&legend-on=sd&logo-corner=top-left&logo-width=0.1",
            mutates: true, success: 303...303),
        "POST /admin/labels/{label}/processing/run": .init(
            access: .admin, path: "/admin/labels/{label}/processing/run", form: "", mutates: true, success: 303...303),
        "POST /admin/labels/{label}/logo": .init(
            access: .admin, path: "/admin/labels/{label}/logo", form: "", mutates: true, success: 303...303),

        "GET /api/camera_labels/{label}/hotlink": .init(access: .admin, path: "/api/camera_labels/{label}/hotlink"),
        "PUT /api/camera_labels/{label}/hotlink": .init(
            access: .admin, path: "/api/camera_labels/{label}/hotlink",
            body: #"{"enabled":true,"confirm_public":true}"#, mutates: true),
        // It shows nothing to everybody, and says the same to each. See HotlinkTests.
        "GET /hotlink/{label}/{size}.jpg": .init(
            access: .open, path: "/hotlink/Alpha-7/640x480.jpg", success: 404...404),
        "GET /admin/hotlinks": .init(access: .admin, path: "/admin/hotlinks"),
        "POST /admin/labels/{label}/hotlink": .init(
            access: .admin, path: "/admin/labels/{label}/hotlink", form: "enabled=yes&confirm=yes&minutes=90",
            mutates: true, success: 303...303),
    ]
}
