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
        "GET /api/admin/stats": .init(access: .admin, path: "/api/admin/stats"),
        "GET /api/admin/reports/stats": .init(access: .admin, path: "/api/admin/reports/stats"),
    ]
}
