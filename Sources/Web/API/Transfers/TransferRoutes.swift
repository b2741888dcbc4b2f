import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Sequences from other servers (Panoramax `/api/transfers`).
struct TransferRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.post("api/transfers", use: create)
        group.get("api/transfers/:transfer", use: show)
        group.get("api/users/me/transfers", use: list)
        group.get("api/users/:user/transfers", use: list)
    }

    private var transfers: TransferStore { services.catalogue.transfers }

    private struct NewTransfer: Decodable {
        let location: String
        let cameraLabel: String?
        let visibility: String?

        enum CodingKeys: String, CodingKey {
            case visibility
            case location = "collection_location"
            case cameraLabel = "camera_label"
        }
    }

    @Sendable private func create(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard context.account.role.mayUpload else {
            throw Failure(.forbidden, "This account may look at pictures, but not send any.")
        }
        let body = try await request.decodeFields(NewTransfer.self)
        let source = try source(body.location)
        let label = try await LabelChoice(catalogue: services.catalogue).label(
            named: body.cameraLabel, title: "", viewer: context.viewer)
        let isPublic = services.configuration.isPublic
        let visibility =
            if let said = try UploadSetRequest.visibility(body.visibility, isPublic: isPublic) { said } else {
                try await services.defaultVisibility(of: context.account.id)
            }
        // The other server has cut it already, and has left out what is too near.
        let set = UploadSet(
            accountID: context.account.id, labelID: label.id, title: "Transfer",
            rules: DispatchRules(splitDistance: nil, splitTime: nil, duplicateDistance: nil, duplicateRotation: nil),
            visibility: visibility, userAgent: request.headers[.userAgent].map { String($0.prefix(200)) })
        let transfer = Transfer(
            accountID: context.account.id, uploadSetID: set.id, source: source, createdAt: services.clock())
        try await transfers.insert(transfer, into: set)
        services.wakeTransfers()
        var response = Response.json(try await document(transfer, context), status: .accepted)
        response.headers[.location] = "\(context.baseURL)/api/transfers/\(transfer.id)"
        return response
    }

    /// The address without what follows it; throws `.unprocessable` for one that is not allowed, or of no collection.
    private func source(_ text: String) throws -> String {
        let url = try services.configuration.transferSources.url(text)
        let path = url.path().split(separator: "/")
        guard url.query() == nil, url.fragment() == nil, path.count >= 2, path[path.count - 2] == "collections" else {
            throw Failure(
                .unprocessable, "A collection's address ends with /collections/ and its identifier.")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("transfer", of: "transfer", as: TransferID.self)
        guard let transfer = try await transfers.find(id, viewer: context.viewer) else {
            throw Failure.notFound("transfer")
        }
        return .json(try await document(transfer, context))
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = try Query(request, allowing: ["show_all", "limit"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        var account = context.account.id
        if context.parameters.get("user") != nil {
            account = try context.identifier("user", of: "user", as: AccountID.self)
        }
        guard account == context.account.id || context.viewer.seesEverything else { throw Failure.notFound("user") }
        let found = try await transfers.list(
            of: account, open: query["show_all"] != "true", limit: limit, viewer: context.viewer)
        var documents: [JSON] = []
        for transfer in found { documents.append(try await document(transfer, context)) }
        return .json(["transfers": .array(documents), "links": []])
    }

    private func document(_ transfer: Transfer, _ context: SignedInContext) async throws -> JSON {
        let made = try await services.catalogue.sequences.list(
            SequenceQuery(uploadSet: transfer.uploadSetID, limit: 1), viewer: context.viewer)
        let set = try await services.catalogue.uploadSets.find(transfer.uploadSetID, viewer: .system)
        let status = try await services.catalogue.uploadSets.status(transfer.uploadSetID)
        return TransferDocument(
            transfer: transfer, sequence: made.first?.sequence.id,
            isReady: set == nil || (set?.dispatchedAt != nil && status.isSettled), baseURL: context.baseURL,
            sentences: services.sentences(context.language)
        ).json
    }
}
