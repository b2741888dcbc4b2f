/// What was deleted and can be taken back.
extension RouteTable {
    static let removals: [String: RouteCase] = [
        "GET /api/removals": .init(access: .signedIn, path: "/api/removals"),
        // Who has deleted it sees it too; nobody here did.
        "GET /api/removals/{removal}": .init(access: .admin, path: "/api/removals/{removal}"),
        "POST /api/removals/{removal}/restore": .init(
            access: .admin, path: "/api/removals/{removal}/restore", mutates: true),
        "DELETE /api/removals/{removal}": .init(access: .admin, path: "/api/removals/{removal}", mutates: true),
        "GET /pictures/deleted": .init(access: .mayUpload, path: "/pictures/deleted"),
        // For others than administrators it is not there, which the page says.
        "POST /pictures/deleted": .init(
            access: .mayUpload, path: "/pictures/deleted", form: "do=restore&id={removal}", mutates: true),
    ]
}
