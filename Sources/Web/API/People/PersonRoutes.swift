import Catalogue
import Domain
import Hummingbird

/// People whose pictures one sees, and what they sent. Others are not there.
struct PersonRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/users", use: list)
        reader.get("api/users/search", use: search)
        for user in ["me", ":user"] {
            if user != "me" { reader.get("api/users/\(user)", use: show) }
            reader.get("api/users/\(user)/collection", use: collection)
            reader.get("api/users/\(user)/collections", use: collections)
            reader.get("api/users/\(user)/catalog", use: catalog)
        }
    }

    private var people: PeopleStore { services.catalogue.people }
    private var cursor: Cursor { Cursor(keys: services.tokenSigner.keys) }
    private static let kind = "people"

    @Sendable private func list(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit", "page"])
        let limit = try query.integer("limit", default: 1000, in: 1...1000)
        var last: Person?
        if let page = query["page"] {
            let id = AccountID(stored: try cursor.open(page, kind: Self.kind))
            last = try await people.find(id, viewer: context.viewer)
            guard last != nil else { throw Cursor.outdated }
        }
        let found = try await people.list(after: last, limit: limit + 1, viewer: context.viewer)
        let url = "\(context.baseURL)/api/users"
        var links = [Link(rel: "self", href: url), Link(rel: "root", href: "\(context.baseURL)/api")]
        if found.count > limit {
            let page = cursor.seal(found[limit - 1].id.string, kind: Self.kind)
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)&page=\(page)"))
        }
        let documents = found.prefix(limit).map { PersonDocument(person: $0, baseURL: context.baseURL).json }
        return .json(["users": .array(documents), "links": .links(links)])
    }

    @Sendable private func search(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let query = try Query(request, allowing: ["q", "limit"])
        guard let text = query["q"]?.trimmed, !text.isEmpty else {
            throw Failure(.invalid, "The parameter 'q' is missing: a part of a name.")
        }
        let limit = try query.integer("limit", default: 20, in: 1...1000)
        let found = try await people.list(named: String(text.prefix(80)), limit: limit, viewer: context.viewer)
        let documents = found.map { PersonDocument(person: $0, baseURL: context.baseURL).found }
        return .json(["features": .array(documents), "type": "FeatureCollection", "links": []])
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        .json(PersonDocument(person: try await person(context), baseURL: context.baseURL).json)
    }

    @Sendable private func collection(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let format = Query(request.uri.query)["format"]
        if try CollectionTable.isWanted(format, request) { return try await table(request, context) }
        let (person, page) = try await page(request, "collection", context, alsoAllowing: ["format"])
        let document = PersonDocument(person: person, baseURL: context.baseURL)
        return .json(document.collection(page.summaries, links: page.links))
    }

    @Sendable private func catalog(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let (person, page) = try await page(request, "catalog", context)
        let document = PersonDocument(person: person, baseURL: context.baseURL)
        return .json(document.catalogue(page.summaries, links: page.links))
    }

    @Sendable private func collections(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let (person, page) = try await page(request, "collections", context)
        let documents = page.summaries.map { CollectionDocument(summary: $0, baseURL: context.baseURL).json }
        let links =
            [
                Link(rel: "self", href: "\(context.baseURL)/api/users/\(person.id)/collections"),
                Link(rel: "root", href: "\(context.baseURL)/api"),
            ] + page.links
        return .json(["collections": .array(documents), "links": .links(links)])
    }

    /// A table has no pages.
    private func table(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let person = try await person(context)
        let names = CollectionListRequest.parameters.subtracting(["limit", "page"]).union(["format"])
        let wanted = try CollectionListRequest(Query(request, allowing: names), cursor: cursor, account: person.id)
        return try await CollectionTable(
            catalogue: services.catalogue, viewer: context.viewer, title: person.name
        ).response(wanted)
    }

    private func page(
        _ request: Request, _ name: String, _ context: ReaderContext, alsoAllowing more: Set<String> = []
    ) async throws -> (Person, CollectionPage) {
        let person = try await person(context)
        let wanted = try CollectionListRequest(
            Query(request, allowing: CollectionListRequest.parameters.union(more)), cursor: cursor, account: person.id)
        let url = "\(context.baseURL)/api/users/\(person.id)/\(name)"
        let page = try await CollectionPage(
            wanted, url: url, catalogue: services.catalogue, cursor: cursor, viewer: context.viewer)
        return (person, page)
    }

    /// The one of the address; without any, who asks.
    private func person(_ context: ReaderContext) async throws -> Person {
        guard context.parameters.get("user") != nil else {
            guard let own = context.account else { throw Failure(.unauthenticated, "Sign in first.") }
            return try await found(own.id, context)
        }
        return try await found(try context.identifier("user", of: "user", as: AccountID.self), context)
    }

    private func found(_ id: AccountID, _ context: ReaderContext) async throws -> Person {
        guard let person = try await people.find(id, viewer: context.viewer) else { throw Failure.notFound("user") }
        return person
    }
}
