import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Telling pictures apart: how far it has come, what was said, and saying it.
struct ClassStateRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/class_schemes/:scheme/progress", use: progress)
        group.get("api/class_schemes/:scheme/collections/:collection", use: states)
        group.put("api/class_schemes/:scheme/pictures/:picture", use: say)
    }

    private var catalogue: Catalogue { services.catalogue }

    /// Only what one may tell apart oneself.
    @Sendable private func progress(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard context.account.role.mayUpload else { throw Self.mayOnlyLook }
        let scheme = try await context.classScheme(catalogue, context.viewer)
        let query = try Query(request, allowing: ["limit", "page"])
        let limit = try query.integer("limit", default: 50, in: 1...200)
        let page = try await ClassProgressPage(
            scheme, page: query["page"], limit: limit, catalogue: catalogue,
            cursor: Cursor(keys: services.tokenSigner.keys), viewer: context.viewer)
        let url = "\(context.baseURL)/api/class_schemes/\(scheme.id)/progress?limit=\(limit)"
        let next = page.next.map { Link(rel: "next", href: "\(url)&page=\($0)") }
        return .json([
            "progress": .array(page.rows.map { ClassSchemeDocument.json($0) }),
            "links": .links([Link(rel: "self", href: url)] + [next].compactMap(\.self)),
        ])
    }

    @Sendable private func states(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let scheme = try await context.classScheme(catalogue, context.viewer)
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let sequence = try await catalogue.sequences.find(id, viewer: context.viewer)?.sequence else {
            throw Failure.notFound("collection")
        }
        guard scheme.holds(for: sequence.labelID) else { throw Self.notForLabel }
        let query = try Query(request, allowing: ["limit", "startAfterRank"])
        let limit = try query.integer("limit", default: 1000, in: 1...1000)
        let rank = try query.integer("startAfterRank", default: 0, in: 0...Int(Int32.max))
        let found = try await catalogue.classes.states(
            scheme, of: id, afterRank: rank, limit: limit + 1, viewer: context.viewer)
        let shown = found.prefix(limit)
        let url = "\(context.baseURL)/api/class_schemes/\(scheme.id)/collections/\(id)?limit=\(limit)"
        var links = [Link(rel: "self", href: url)]
        if found.count > limit, let last = shown.last {
            links.append(Link(rel: "next", href: "\(url)&startAfterRank=\(last.rank)"))
        }
        return .json(["pictures": .array(shown.map { ClassSchemeDocument.json($0) }), "links": .links(links)])
    }

    /// `value` of a whole picture (null: none), or `looked_through` of one with boxes.
    private struct Saying: Decodable {
        let value: String?
        let isLookedThrough: Bool?
        /// Whether there is a `value` at all: null takes the class away.
        let hasValue: Bool

        enum CodingKeys: String, CodingKey {
            case value
            case isLookedThrough = "looked_through"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            hasValue = fields.contains(.value)
            value = try fields.decodeIfPresent(String.self, forKey: .value)
            isLookedThrough = try fields.decodeIfPresent(Bool.self, forKey: .isLookedThrough)
        }
    }

    /// May be asked for again without harm.
    @Sendable private func say(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        guard let picture = try await catalogue.pictures.find(id, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        let scheme = try await context.classScheme(catalogue, context.viewer)
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: picture.accountID, label: picture.labelID, viewer: context.viewer)
        guard scheme.holds(for: picture.labelID) else { throw Self.notForLabel }
        let saying = try await request.decodeJSON(Saying.self)
        let state: ClassState
        switch (scheme.subject, saying.isLookedThrough) {
        case (.picture, nil) where saying.hasValue:
            state = try await catalogue.classes.say(saying.value, in: scheme, of: id, by: context.viewer)
        case (.box, let isMarked?) where !saying.hasValue:
            state = try await catalogue.classes.mark(isMarked, in: scheme, of: id, by: context.viewer)
        default:
            throw Failure(
                .unprocessable,
                "Say the 'value' of a picture, or 'looked_through' for a scheme of boxes, and not the other.")
        }
        return .json(ClassSchemeDocument.json(state))
    }

    static let mayOnlyLook = Failure(.forbidden, "This account may look at pictures, but not label them.")
    static let notForLabel = Failure(.unprocessable, "The scheme is not for pictures of this camera label.")
}
