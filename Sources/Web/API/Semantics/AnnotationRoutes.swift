import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Regions of pictures with tags, below the picture, below the item, and by themselves.
struct AnnotationRoutes: Sendable {
    let services: WebServices

    private static let places: [RouterPath] = [
        "api/pictures/:picture/annotations", "api/collections/:collection/items/:picture/annotations",
    ]

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        let group = router.group(context: SignedInContext.self)
        for place in Self.places {
            reader.get(place, use: list)
            group.post(place, use: create)
        }
        for place: RouterPath in [
            "api/annotations/:annotation", "api/collections/:collection/items/:picture/annotations/:annotation",
        ] {
            reader.get(place, use: show)
            group.patch(place, use: edit)
            group.delete(place, use: remove)
        }
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func list(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let picture = try await picture(context.parameters, context.viewer)
        let annotations = try await catalogue.annotations.list(of: picture.id, viewer: context.viewer)
        return .json(["annotations": .array(annotations.map { AnnotationDocument(annotation: $0).json })])
    }

    @Sendable private func create(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let picture = try await picture(context.parameters, context.viewer)
        try await requireEdit(picture, context.viewer)
        let body = try await request.decodeJSON(AnnotationRequest.self)
        guard let tags = picture.tags else {
            throw Failure(.conflict, "The picture is not prepared yet: its size is not known.")
        }
        let annotation = try await catalogue.annotations.add(
            try body.validShape(width: tags.width, height: tags.height), to: picture.id, id: try body.validID(),
            tags: try SemanticsRequest.tags(body.semantics), by: context.viewer)
        var response = Response.json(AnnotationDocument(annotation: annotation).json)
        response.headers[.location] = "\(context.baseURL)/api/annotations/\(annotation.id)"
        return response
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let (annotation, _) = try await annotation(context.parameters, context.viewer)
        return .json(AnnotationDocument(annotation: annotation).json)
    }

    private struct Change: Decodable {
        let shape: AnyJSON?
        let semantics: [SemanticsRequest]?
    }

    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (annotation, picture) = try await annotation(context.parameters, context.viewer)
        try await requireEdit(picture, context.viewer)
        let body = try await request.decodeJSON(Change.self)
        guard body.shape == nil else {
            throw Failure(.unprocessable, "The shape of an annotation stays as it is: delete it and make another.")
        }
        let changes = try SemanticsRequest.changes(body.semantics)
        guard let now = try await catalogue.annotations.edit(annotation.id, changes, by: context.viewer) else {
            // Nothing is said of the region any more.
            return .noContent
        }
        return .json(AnnotationDocument(annotation: now).json)
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (annotation, picture) = try await annotation(context.parameters, context.viewer)
        try await requireEdit(picture, context.viewer)
        try await catalogue.annotations.delete(annotation.id, by: context.viewer)
        return .noContent
    }

    private func requireEdit(_ picture: Picture, _ viewer: Viewer) async throws {
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: picture.accountID, label: picture.labelID, viewer: viewer)
    }

    /// The picture of the path, as far as the viewer may see it, in the collection of the path.
    private func picture(_ parameters: Parameters, _ viewer: Viewer) async throws -> Picture {
        guard let id = parameters.get("picture").flatMap({ PictureID($0) }),
            let picture = try await catalogue.pictures.find(id, viewer: viewer), Self.isIn(parameters, picture)
        else { throw Failure.notFound("picture") }
        return picture
    }

    /// The annotation of the path with its picture, which must be that of the path.
    private func annotation(_ parameters: Parameters, _ viewer: Viewer) async throws -> (Annotation, Picture) {
        guard let id = parameters.get("annotation").flatMap({ AnnotationID($0) }),
            let annotation = try await catalogue.annotations.find(id, viewer: viewer),
            let picture = try await catalogue.pictures.find(annotation.pictureID, viewer: viewer),
            parameters.get("picture").map({ $0.lowercased() == picture.id.string }) ?? true,
            Self.isIn(parameters, picture)
        else { throw Failure.notFound("annotation") }
        return (annotation, picture)
    }

    private static func isIn(_ parameters: Parameters, _ picture: Picture) -> Bool {
        parameters.get("collection").map { $0.lowercased() == picture.sequenceID?.string } ?? true
    }
}
