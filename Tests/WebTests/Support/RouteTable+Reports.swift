/// Pictures to take away, reports, and counts of everything.
extension RouteTable {
    static let exports: [String: RouteCase] = [
        "GET /api/export": .init(access: .signedIn, path: "/api/export"),
        "POST /api/export": .init(access: .signedIn, path: "/api/export", body: #"{"format":"csv"}"#),
        "GET /api/users/me/export": .init(access: .signedIn, path: "/api/users/me/export"),
        "GET /api/collections/{collection}/export": .init(access: .reads, path: "/api/collections/{sequence}/export"),
        "GET /api/camera_labels/{label}/export": .init(access: .reads, path: "/api/camera_labels/{label}/export"),
        "GET /api/upload_sets/{set}/export": .init(access: .manages, path: "/api/upload_sets/{set}/export"),
    ]

    static let reports: [String: RouteCase] = [
        "POST /api/reports": .init(
            access: .reads, path: "/api/reports", body: #"{"issue":"privacy","picture_id":"{picture}"}"#, mutates: true),
        "GET /api/reports": .init(access: .admin, path: "/api/reports"),
        "GET /api/users/me/reports": .init(access: .signedIn, path: "/api/users/me/reports"),
        "GET /api/reports/{report}": .init(access: .manages, path: "/api/reports/{report}"),
        // It is closed, so that there is nothing to answer any more.
        "PATCH /api/reports/{report}": .init(
            access: .manages, path: "/api/reports/{report}", body: #"{"resolver_comments":"seen"}"#, success: 409...409),
        "GET /api/retention": .init(access: .admin, path: "/api/retention"),
        "GET /api/camera_labels/{label}/retention": .init(
            access: .admin, path: "/api/camera_labels/{label}/retention"),
        "PUT /api/camera_labels/{label}/retention": .init(
            access: .admin, path: "/api/camera_labels/{label}/retention", body: #"{"original":{"days":30}}"#,
            mutates: true),
        "GET /admin/retention": .init(access: .admin, path: "/admin/retention"),
        "POST /admin/labels/{label}/retention": .init(
            access: .admin, path: "/admin/labels/{label}/retention",
            form: "original-days=30&original-size=&picture-days=&picture-size=&action=save", mutates: true,
            success: 303...303),
        // No route is here.
        "GET /api/routes/{route}/verification": .init(
            access: .admin, path: "/api/routes/00000000-0000-4000-8000-000000000000/verification", success: 404...404),
        "POST /api/routes/{route}/verification": .init(
            access: .admin, path: "/api/routes/00000000-0000-4000-8000-000000000000/verification", body: "{}",
            success: 404...404),
        // Nothing is amiss here.
        "GET /api/alerts": .init(access: .admin, path: "/api/alerts"),
        "POST /api/alerts/{alert}/acknowledge": .init(
            access: .admin, path: "/api/alerts/00000000-0000-4000-8000-000000000000/acknowledge", success: 404...404),
        "GET /api/camera_labels/{label}/watch": .init(access: .admin, path: "/api/camera_labels/{label}/watch"),
        "PUT /api/camera_labels/{label}/watch": .init(
            access: .admin, path: "/api/camera_labels/{label}/watch", body: #"{"rhythm_minutes":60}"#, mutates: true),
        "GET /admin/alerts": .init(access: .admin, path: "/admin/alerts"),
        "POST /admin/alerts/{alert}/acknowledge": .init(
            access: .admin, path: "/admin/alerts/00000000-0000-4000-8000-000000000000/acknowledge", form: "",
            success: 404...404),
        "POST /admin/labels/{label}/watch": .init(
            access: .admin, path: "/admin/labels/{label}/watch", form: "rhythm=1&grace=&positions=", mutates: true,
            success: 303...303),
        "GET /api/admin/stats": .init(access: .admin, path: "/api/admin/stats"),
        "GET /api/admin/reports/stats": .init(access: .admin, path: "/api/admin/reports/stats"),
    ]
}
