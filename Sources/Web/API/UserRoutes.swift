import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Who one is.
struct UserRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        // Reachable before the password is changed: clients learn here that it has to be.
        router.group(context: PasswordChangeContext.self).get("api/users/me", use: me)
        let group = router.group(context: SignedInContext.self)
        group.patch("api/users/me", use: edit)
        group.delete("api/users/me", use: remove)
    }

    private struct Confirmation: Decodable { let password: String }

    /// One's own account with all that was sent from it. Nobody can ask for the receipt afterwards: it is the answer.
    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let body = try await request.decodeJSON(Confirmation.self)
        try await services.login.confirm(context.account, password: body.password, address: context.clientAddress)
        let id = try await AccountAdministration(services: services).deleteOwn(context.account, by: context.viewer)
        services.wake()
        guard let receipt = try await services.catalogue.erasures.find(id, viewer: .system) else {
            throw Failure.notFound("receipt")
        }
        var response = Response.json(.object(ErasureDocument(erasure: receipt, baseURL: context.baseURL).object))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private struct Change: Decodable {
        let defaultVisibility: String?
        /// `null`: the account has no choice of its own any more.
        let isTakenBack: Bool

        enum CodingKeys: String, CodingKey {
            case defaultVisibility = "default_visibility"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            isTakenBack = try fields.contains(.defaultVisibility) && fields.decodeNil(forKey: .defaultVisibility)
            defaultVisibility = try fields.decodeIfPresent(String.self, forKey: .defaultVisibility)
        }
    }

    /// Whom one's uploads are visible to when they do not say.
    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let change = try await request.decodeFields(Change.self)
        let isPublic = services.configuration.isPublic
        let visibility = try UploadSetRequest.visibility(change.defaultVisibility, isPublic: isPublic)
        if visibility != nil || change.isTakenBack {
            try await services.catalogue.people.setDefaultVisibility(visibility, of: context.account.id)
        }
        return try await document(context.account, mustChangePassword: false, context.baseURL)
    }

    @Sendable private func me(_ request: Request, _ context: PasswordChangeContext) async throws -> Response {
        try await document(context.account, mustChangePassword: context.mustChangePassword, context.baseURL)
    }

    private func document(_ account: Account, mustChangePassword: Bool, _ base: String) async throws -> Response {
        let visibility = try await services.defaultVisibility(of: account.id)
        let isAdmin = account.role.isAdmin
        return .json([
            "id": .string(account.id.string), "name": .string(account.name), "role": .string(account.role.rawValue),
            "must_change_password": .bool(mustChangePassword),
            "permissions": [
                "role": .string(isAdmin ? "admin" : "user"), "can_upload": .bool(account.role.mayUpload),
                "can_check_reports": .bool(isAdmin), "can_edit_excluded_areas": .bool(isAdmin),
                "can_edit_pages": .bool(isAdmin),
            ],
            "default_visibility": .string(visibility.rawValue), "collaborative_metadata": false,
            "links": .links([
                Link(rel: "self", href: "\(base)/api/users/me"),
                Link(rel: "upload-sets", href: "\(base)/api/users/me/upload_sets"),
                Link(rel: "reports", href: "\(base)/api/users/me/reports"),
                Link(rel: "excluded-areas", href: "\(base)/api/users/me/excluded_areas"),
                Link(rel: "receipts", href: "\(base)/api/receipts"),
                Link(rel: "collection", href: "\(base)/api/users/me/collection"),
                Link(rel: "tokens", href: "\(base)/api/users/me/tokens"),
            ]),
        ])
    }
}

extension WebServices {
    /// What the account's uploads are visible to when they do not say; never more than the instance shows.
    func defaultVisibility(of account: AccountID) async throws -> Visibility {
        let chosen = try await catalogue.people.defaultVisibility(of: account) ?? .loggedOnly
        return chosen == .anyone && !configuration.isPublic ? .loggedOnly : chosen
    }
}
