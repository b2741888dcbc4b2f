/// Signing in, tokens, and people.
extension RouteTable {
    static let people: [String: RouteCase] = [
        "POST /api/auth/login": .init(
            access: .open, path: "/api/auth/login", body: #"{"name":"nobody","password":"wrong password"}"#,
            success: 401...401),
        "GET /api/auth/login": .init(access: .open, path: "/api/auth/login", success: 303...303),
        "POST /api/auth/logout": .init(access: .signedIn, path: "/api/auth/logout", mutates: true),
        "POST /api/auth/tokens/generate": .init(access: .open, path: "/api/auth/tokens/generate?description=cli"),
        "GET /api/auth/tokens/{code}/claim": .init(
            access: .open, path: "/api/auth/tokens/0123456789abcdef0123456789abcdef/claim", success: 303...303),
        // Nobody has asked for a token here.
        "GET /claim/{code}": .init(access: .signedIn, path: "/claim/0123456789abcdef", success: 404...404),
        "POST /claim/{code}": .init(
            access: .signedIn, path: "/claim/0123456789abcdef", form: "answer=yes", success: 404...404),
        "GET /api/users": .init(access: .signedIn, path: "/api/users"),
        "GET /api/users/search": .init(access: .signedIn, path: "/api/users/search?q=o"),
        "GET /api/users/{user}": .init(access: .reads, path: "/api/users/{owner}"),
        "GET /api/users/{user}/collection": .init(access: .reads, path: "/api/users/{owner}/collection"),
        "GET /api/users/{user}/collections": .init(access: .reads, path: "/api/users/{owner}/collections"),
        "GET /api/users/{user}/catalog": .init(access: .reads, path: "/api/users/{owner}/catalog"),
        "GET /api/users/me/collection": .init(access: .signedIn, path: "/api/users/me/collection"),
        "GET /api/users/me/collections": .init(access: .signedIn, path: "/api/users/me/collections"),
        "GET /api/users/me/catalog": .init(access: .signedIn, path: "/api/users/me/catalog"),
        "PATCH /api/users/me": .init(
            access: .signedIn, path: "/api/users/me", body: #"{"default_visibility":"owner-only"}"#),
        "DELETE /api/users/me": .init(
            access: .signedIn, path: "/api/users/me", body: #"{"password":"wrong one"}"#, success: 422...422),
        "GET /account/delete": .init(access: .signedIn, path: "/account/delete"),
        "POST /account/delete": .init(
            access: .signedIn, path: "/account/delete", form: "password=wrong+one", success: 422...422),
        "GET /api/users/me/tokens/{token}": .init(
            access: .signedIn, path: "/api/users/me/tokens/{foreignToken}", success: 404...404),
        "GET /api/users/me": .init(access: .signedIn, path: "/api/users/me"),
        "POST /api/users/me/password": .init(
            access: .signedIn, path: "/api/users/me/password", body: #"{"old":"wrong one","new":"some other words"}"#,
            success: 422...422),
        "GET /api/users/me/tokens": .init(access: .signedIn, path: "/api/users/me/tokens"),
        "POST /api/users/me/tokens": .init(
            access: .signedIn, path: "/api/users/me/tokens", body: #"{"description":"QGIS"}"#),
        // Somebody else's token is not there.
        "DELETE /api/users/me/tokens/{token}": .init(
            access: .signedIn, path: "/api/users/me/tokens/{foreignToken}", success: 404...404),
        "GET /api/users/me/upload_sets": .init(access: .signedIn, path: "/api/users/me/upload_sets?filter="),

        "GET /api/accounts": .init(access: .admin, path: "/api/accounts"),
        "POST /api/accounts": .init(
            access: .admin, path: "/api/accounts", body: #"{"name":"new one","role":"field"}"#, mutates: true),
        "GET /api/accounts/{account}": .init(access: .admin, path: "/api/accounts/{owner}"),
        "PATCH /api/accounts/{account}": .init(
            access: .admin, path: "/api/accounts/{owner}", body: #"{"is_disabled":true}"#, mutates: true),
        "POST /api/accounts/{account}/password": .init(
            access: .admin, path: "/api/accounts/{owner}/password", mutates: true),

        "DELETE /api/accounts/{account}": .init(
            access: .admin, path: "/api/accounts/{owner}?pictures=delete", mutates: true),

        "POST /api/transfers": .init(
            access: .mayUpload, path: "/api/transfers",
            body: #"{"collection_location":"https://other.example/api/collections/x"}"#, success: 422...422),
        // Nobody here has asked for one.
        "GET /api/transfers/{transfer}": .init(
            access: .signedIn, path: "/api/transfers/00000000-0000-4000-8000-000000000000", success: 404...404),
        "GET /api/users/me/transfers": .init(access: .signedIn, path: "/api/users/me/transfers"),
        // Of others, for administrators only.
        "GET /api/users/{user}/transfers": .init(access: .admin, path: "/api/users/{owner}/transfers"),
    ]
}
