/// Figures, jobs, the audit log, the instance itself, and pictures shown elsewhere.
extension RouteTable {
    static let administration: [String: RouteCase] = [
        "GET /api/admin/figures": .init(access: .admin, path: "/api/admin/figures?days=7&utc_offset=120"),
        "GET /api/admin/storage": .init(access: .admin, path: "/api/admin/storage"),
        "GET /api/admin/jobs": .init(access: .admin, path: "/api/admin/jobs?failing=true"),
        "POST /api/admin/jobs/retry": .init(access: .admin, path: "/api/admin/jobs/retry", mutates: true),
        // There is none of that number.
        "POST /api/admin/jobs/{job}/retry": .init(
            access: .admin, path: "/api/admin/jobs/999999/retry", success: 404...404),
        "GET /api/admin/broken_pictures": .init(access: .admin, path: "/api/admin/broken_pictures"),
        "POST /api/admin/broken_pictures/retry": .init(
            access: .admin, path: "/api/admin/broken_pictures/retry", mutates: true),
        "GET /api/admin/models": .init(access: .admin, path: "/api/admin/models"),
        // The operator of the tests has put no model there.
        "POST /api/admin/models/{model}/runs": .init(
            access: .admin, path: "/api/admin/models/signs/runs", body: #"{"camera_label":"{label}"}"#,
            success: 404...404),
        "GET /api/admin/audit": .init(access: .admin, path: "/api/admin/audit?action=label&from=2026-01-01"),
        "GET /api/admin/instance": .init(access: .admin, path: "/api/admin/instance"),
        "PATCH /api/admin/instance": .init(
            access: .admin, path: "/api/admin/instance", body: #"{"name":"Roads"}"#, mutates: true),
        "GET /api/accounts/{account}/tokens": .init(access: .admin, path: "/api/accounts/{owner}/tokens"),
        "DELETE /api/accounts/{account}/tokens/{token}": .init(
            access: .admin, path: "/api/accounts/{owner}/tokens/{set}", success: 404...404),

        "GET /admin": .init(access: .admin, path: "/admin"),
        "GET /admin/jobs": .init(access: .admin, path: "/admin/jobs"),
        "POST /admin/jobs/retry": .init(
            access: .admin, path: "/admin/jobs/retry", form: "reason=", mutates: true, success: 303...303),
        "POST /admin/jobs/{job}/retry": .init(
            access: .admin, path: "/admin/jobs/999999/retry", form: "", success: 422...422),
        "POST /admin/jobs/broken/retry": .init(
            access: .admin, path: "/admin/jobs/broken/retry", form: "", mutates: true, success: 303...303),
        "GET /admin/models": .init(access: .admin, path: "/admin/models"),
        "POST /admin/models/run": .init(
            access: .admin, path: "/admin/models/run", form: "model=signs&label={label}", success: 404...404),
        "POST /admin/models/look": .init(
            access: .admin, path: "/admin/models/look", form: "label={label}", mutates: true, success: 303...303),
        "GET /admin/audit": .init(access: .admin, path: "/admin/audit"),
        "GET /admin/instance": .init(access: .admin, path: "/admin/instance"),
        "POST /admin/instance": .init(
            access: .admin, path: "/admin/instance", form: "name=Roads&accent=&languages=&terms-en=&terms-fr=",
            mutates: true, success: 303...303),
        "GET /admin/accounts/{account}/tokens": .init(access: .admin, path: "/admin/accounts/{owner}/tokens"),
        "POST /admin/accounts/{account}/tokens/{token}/revoke": .init(
            access: .admin, path: "/admin/accounts/{owner}/tokens/{set}/revoke", form: "", success: 404...404),
        "GET /admin/labels/{label}/stickers": .init(access: .admin, path: "/admin/labels/{label}/stickers"),

        "GET /terms": .init(access: .open, path: "/terms"),
        "GET /instance.css": .init(access: .open, path: "/instance.css"),

        "POST /api/pictures/{picture}/embeds": .init(
            access: .edits, path: "/api/pictures/{picture}/embeds", body: #"{"origins":["https://example.org"]}"#,
            mutates: true),
        "GET /api/embeds": .init(access: .signedIn, path: "/api/embeds"),
        // Somebody else's is not there.
        "DELETE /api/embeds/{embed}": .init(access: .signedIn, path: "/api/embeds/{set}", success: 404...404),
        "GET /account/embeds": .init(access: .signedIn, path: "/account/embeds"),
        "POST /account/embeds/{embed}/revoke": .init(
            access: .signedIn, path: "/account/embeds/{set}/revoke", form: "", success: 404...404),
        // Without a key, and with one that is none, the same to everybody. See EmbedTests.
        "GET /embed/{picture}": .init(access: .open, path: "/embed/{picture}", success: 404...404),
        "GET /embed/{picture}/{file}.jpg": .init(
            access: .open, path: "/embed/{picture}/sd.jpg?key=a.b.c.d", success: 404...404),
        "GET /embed/{picture}/tiled/{tile}.jpg": .init(
            access: .open, path: "/embed/{picture}/tiled/0_0.jpg?key=", success: 404...404),
    ]
}
