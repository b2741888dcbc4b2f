import Catalogue
import Domain
import Hummingbird

/// Who changed which tags, newest first; for those who may change them.
struct SemanticHistoryRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/upload_sets/:set/semantics/history", use: ofUploadSet)
        group.get("api/collections/:collection/semantics/history", use: ofSequence)
        group.get("api/pictures/:picture/semantics/history", use: ofPicture)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func ofUploadSet(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        return try await history(
            .uploadSet(id), owner: set.accountID, label: set.labelID, "upload_sets/\(id)", request, context)
    }

    @Sendable private func ofSequence(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let sequence = try await catalogue.sequences.find(id, viewer: context.viewer)?.sequence else {
            throw Failure.notFound("collection")
        }
        return try await history(
            .sequence(id), owner: sequence.accountID, label: sequence.labelID, "collections/\(id)", request, context)
    }

    @Sendable private func ofPicture(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        guard let picture = try await catalogue.pictures.find(id, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        return try await history(
            .picture(id), owner: picture.accountID, label: picture.labelID, "pictures/\(id)", request, context)
    }

    private func history(
        _ subject: SemanticSubject, owner: AccountID, label: CameraLabelID, _ path: String, _ request: Request,
        _ context: SignedInContext
    ) async throws -> Response {
        try await Permissions(catalogue: catalogue).requireEdit(owner: owner, label: label, viewer: context.viewer)
        let query = try Query(request, allowing: ["limit", "page"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        let before = try query["page"].map { Int64(try cursor.open($0, kind: "tag history")) ?? 0 }
        let edits = try await catalogue.semantics.history(of: subject, before: before, limit: limit + 1)
        let url = "\(context.baseURL)/api/\(path)/semantics/history"
        var links = [Link(rel: "self", href: url)]
        if edits.count > limit {
            let page = cursor.seal("\(edits[limit - 1].number)", kind: "tag history")
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)&page=\(page)"))
        }
        return .json([
            "history": .array(edits.prefix(limit).map(SemanticsDocument.json)), "links": .links(links),
        ])
    }
}
