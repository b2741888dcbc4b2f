import Catalogue
import Domain
import Hummingbird

/// The page that sends a camera card's folder, new or one that was begun before.
struct UploadPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("upload", use: begin)
        group.get("upload/:set", use: resume)
    }

    private struct Content: Sendable {
        struct Label: Sendable {
            let id: String
            let name: String
            let isOnly: Bool
        }

        /// The upload set that is gone on with; empty for a new one.
        let set: String
        let needsLabel: Bool
        let hasLabels: Bool
        let labels: [Label]
    }

    @Sendable private func begin(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try requireUploader(context)
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        let wanted = Query(request.uri.query)["label"]
        let content = Content(
            set: "", needsLabel: true, hasLabels: !labels.isEmpty,
            // A sticker's code names its label; whoever may not send under it chooses another.
            labels: labels.map {
                .init(id: $0.id.string, name: $0.name, isOnly: labels.count == 1 || $0.name == wanted)
            })
        return try page(content, path: "/upload", context)
    }

    @Sendable private func resume(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try requireUploader(context)
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await services.catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        guard set.accountID == context.account.id || context.account.role.isAdmin else {
            return .redirect(seeOther: "/uploads/\(set.id)")
        }
        let content = Content(set: set.id.string, needsLabel: false, hasLabels: false, labels: [])
        return try page(content, path: "/upload/\(set.id)", context)
    }

    private func requireUploader(_ context: SignedInContext) throws {
        guard context.account.role.mayUpload else {
            throw Failure(.forbidden, "This account may look at pictures, but not send any.")
        }
    }

    private func page(_ content: Content, path: String, _ context: SignedInContext) throws -> Response {
        let words = try renderer.words(context.language)
        return try renderer.response(
            .upload, title: words("upload.title"), path: path, visitor: PageVisitor(context), content: content)
    }
}
