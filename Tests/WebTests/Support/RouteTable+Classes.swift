/// Schemes of classes, and telling pictures apart by them.
extension RouteTable {
    static let classes: [String: RouteCase] = [
        "GET /api/class_schemes": .init(access: .signedIn, path: "/api/class_schemes"),
        "POST /api/class_schemes": .init(
            access: .admin, path: "/api/class_schemes", body: scheme(named: "New"), mutates: true),
        "GET /api/class_schemes/{scheme}": .init(access: .reads, path: "/api/class_schemes/{scheme}"),
        "PUT /api/class_schemes/{scheme}": .init(
            access: .admin, path: "/api/class_schemes/{scheme}", body: scheme(named: "Other"), mutates: true),
        "DELETE /api/class_schemes/{scheme}": .init(
            access: .admin, path: "/api/class_schemes/{scheme}", mutates: true),
        "GET /api/class_schemes/{scheme}/progress": .init(
            access: .uploads, path: "/api/class_schemes/{scheme}/progress"),
        "GET /api/class_schemes/{scheme}/collections/{collection}": .init(
            access: .reads, path: "/api/class_schemes/{scheme}/collections/{sequence}"),
        "PUT /api/class_schemes/{scheme}/pictures/{picture}": .init(
            access: .edits, path: "/api/class_schemes/{scheme}/pictures/{picture}", body: #"{"value":"good"}"#,
            mutates: true),

        "GET /annotate": .init(access: .mayUpload, path: "/annotate"),
        "GET /annotate/{sequence}": .init(access: .edits, path: "/annotate/{sequence}?scheme={scheme}"),
        "GET /admin/classes": .init(access: .admin, path: "/admin/classes"),
        "POST /admin/classes": .init(
            access: .admin, path: "/admin/classes", form: "name=New&key=quality&subject=box&for=all&\(rows)",
            mutates: true, success: 303...303),
        "GET /admin/classes/{scheme}": .init(access: .admin, path: "/admin/classes/{scheme}"),
        "POST /admin/classes/{scheme}": .init(
            access: .admin, path: "/admin/classes/{scheme}", form: "name=Other&for=all&\(rows)", mutates: true,
            success: 303...303),
        "POST /admin/classes/{scheme}/delete": .init(
            access: .admin, path: "/admin/classes/{scheme}/delete", form: "", mutates: true, success: 303...303),
    ]

    private static let rows = "value=good&english=Good&french=Bon&colour=%232a9d5c&digit=1"

    private static func scheme(named name: String) -> String {
        #"{"name":"\#(name)","key":"state","classes":[{"value":"good"}]}"#
    }
}
