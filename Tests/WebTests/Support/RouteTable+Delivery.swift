/// Routes: for administrators alone.
extension RouteTable {
    static let delivery: [String: RouteCase] = [
        "GET /api/routes": .init(access: .admin, path: "/api/routes"),
        "POST /api/routes": .init(access: .admin, path: "/api/routes", body: route, mutates: true),
        "GET /api/routes/{route}": .init(access: .admin, path: "/api/routes/{route}"),
        "PATCH /api/routes/{route}": .init(
            access: .admin, path: "/api/routes/{route}", body: #"{"enabled":false}"#, mutates: true),
        "DELETE /api/routes/{route}": .init(access: .admin, path: "/api/routes/{route}", mutates: true),
        "GET /api/routes/{route}/outbox": .init(access: .admin, path: "/api/routes/{route}/outbox"),
        "POST /api/routes/{route}/retry": .init(
            access: .admin, path: "/api/routes/{route}/retry", body: "{}", mutates: true),
        "POST /api/routes/{route}/destinations/{number}/check": .init(
            access: .admin, path: "/api/routes/{route}/destinations/1/check", body: "{}"),
        "POST /api/routes/{route}/destinations/{number}/refill": .init(
            access: .admin, path: "/api/routes/{route}/destinations/1/refill", body: "{}", mutates: true),

        "GET /admin/routes": .init(access: .admin, path: "/admin/routes"),
        // It says nothing of where to.
        "POST /admin/routes": .init(access: .admin, path: "/admin/routes", form: "name=x", success: 422...422),
        "POST /admin/routes/{route}/enabled": .init(
            access: .admin, path: "/admin/routes/{route}/enabled", form: "enabled=no", mutates: true, success: 303...303
        ),
        "POST /admin/routes/{route}/retry": .init(
            access: .admin, path: "/admin/routes/{route}/retry", form: "", mutates: true, success: 303...303),
        "POST /admin/routes/{route}/delete": .init(
            access: .admin, path: "/admin/routes/{route}/delete", form: "", mutates: true, success: 303...303),
        "POST /admin/routes/{route}/destinations/{number}/check": .init(
            access: .admin, path: "/admin/routes/{route}/destinations/1/check", form: "", success: 303...303),
    ]

    private static let route = """
        {"name":"New","camera_labels":["Alpha-7"],"contents":["hd"],
        "destinations":[{"kind":"http","url":"https://partner.example.org/in","secrets":{"token":"hush"}}]}
        """
}
