import Domain
import Hummingbird

/// Who one is.
struct UserRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        // Reachable before the password is changed: clients learn here that it has to be.
        router.group(context: PasswordChangeContext.self).get("api/users/me", use: me)
    }

    @Sendable private func me(_ request: Request, _ context: PasswordChangeContext) async throws -> Response {
        let account = context.account
        let base = context.baseURL
        let isAdmin = account.role.isAdmin
        return .json([
            "id": .string(account.id.string), "name": .string(account.name), "role": .string(account.role.rawValue),
            "must_change_password": .bool(context.mustChangePassword),
            "permissions": [
                "role": .string(isAdmin ? "admin" : "user"), "can_upload": .bool(account.role.mayUpload),
                "can_check_reports": .bool(isAdmin), "can_edit_excluded_areas": .bool(isAdmin),
                "can_edit_pages": .bool(isAdmin),
            ],
            "default_visibility": "logged-only", "collaborative_metadata": false,
            "links": .links([
                Link(rel: "self", href: "\(base)/api/users/me"),
                Link(rel: "upload-sets", href: "\(base)/api/users/me/upload_sets"),
                Link(rel: "reports", href: "\(base)/api/users/me/reports"),
                Link(rel: "excluded-areas", href: "\(base)/api/users/me/excluded_areas"),
                Link(rel: "receipts", href: "\(base)/api/receipts"),
                Link(rel: "tokens", href: "\(base)/api/users/me/tokens"),
            ]),
        ])
    }
}
