import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Accounts, for administrators.
struct AccountRoutes: Sendable {
    let services: WebServices
    private let administration: AccountAdministration

    init(services: WebServices) {
        self.services = services
        administration = AccountAdministration(services: services)
    }

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("api/accounts", use: list)
        group.post("api/accounts", use: create)
        group.get("api/accounts/:account", use: show)
        group.patch("api/accounts/:account", use: edit)
        group.post("api/accounts/:account/password", use: resetPassword)
        group.delete("api/accounts/:account", use: remove)
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let accounts = try await services.catalogue.accounts.list()
        return .json(["accounts": .array(accounts.map { AccountDocument($0).json }), "links": []])
    }

    private struct NewAccount: Decodable {
        let name: String
        let role: String
        let password: String?
    }

    /// A password that was made up is shown in this answer and never again.
    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(NewAccount.self)
        let made = try await administration.create(
            name: body.name, role: try Self.role(body.role), password: body.password, by: context.viewer)
        var object = AccountDocument(made.account).object
        if body.password == nil { object["password"] = .string(made.password) }
        return .json(.object(object), status: .created)
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        guard let account = try await services.catalogue.accounts.find(id) else { throw Failure.notFound("account") }
        let labels = try await services.catalogue.labels.grants(of: id)
        var object = AccountDocument(account).object
        object["camera_labels"] = .array(labels.map { LabelDocument($0, for: context.viewer).json })
        return .json(.object(object))
    }

    private struct Change: Decodable {
        let name: String?
        let role: String?
        let isDisabled: Bool?

        enum CodingKeys: String, CodingKey {
            case name, role
            case isDisabled = "is_disabled"
        }
    }

    @Sendable private func edit(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let body = try await request.decodeJSON(Change.self)
        let account = try await administration.update(
            id, name: body.name, role: try body.role.map(Self.role), isDisabled: body.isDisabled, by: context.viewer)
        return .json(AccountDocument(account).json)
    }

    private struct NewPassword: Decodable {
        let password: String?
    }

    @Sendable private func resetPassword(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let body = request.hasBody ? try await request.decodeJSON(NewPassword.self) : nil
        let password = try await administration.resetPassword(id, to: body?.password, by: context.viewer)
        return .json(["password": .string(password)])
    }

    /// What becomes of the pictures has to be said: `pictures=delete`, or `hand_to` with another account's id.
    @Sendable private func remove(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let query = try Query(request, allowing: ["pictures", "hand_to"])
        let legacy: AccountLegacy
        switch (query["pictures"], query["hand_to"]) {
        case ("delete", nil): legacy = .erased
        case (nil, let text?):
            guard let heir = AccountID(text) else {
                throw Failure(.unprocessable, "There is no such account to hand to.")
            }
            legacy = .handedTo(heir)
        default:
            throw Failure(
                .invalid, "Say what becomes of the pictures: pictures=delete, or hand_to and an account's id.")
        }
        let receipt = try await administration.delete(id, leaving: legacy, by: context.viewer)
        services.wake()
        return .erased(receipt, context.baseURL)
    }

    private static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else {
            throw Failure(.unprocessable, "A role is one of viewer, field, manager, admin.")
        }
        return role
    }
}
