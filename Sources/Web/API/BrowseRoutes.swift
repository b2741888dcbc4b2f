import Catalogue
import Domain
import Hummingbird

/// From the root to each item along `child` and `item` links: camera labels, their sequences, their pictures
/// (STAC API browseable and children).
struct BrowseRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/children", use: children)
        reader.get("api/camera_labels/:label/catalog", use: label)
        reader.get("api/collections/:collection/catalog", use: sequence)
    }

    private var sequences: SequenceStore { services.catalogue.sequences }

    /// The links from the root to its children; none for those who may not read.
    static func rootLinks(_ services: WebServices, _ context: WebContext) async throws -> [Link] {
        guard let reader = try? ReaderContext(context: context) else { return [] }
        let labels = try await services.catalogue.sequences.labels(viewer: reader.viewer)
        return labels.map { label in
            Link(rel: "child", href: "\(context.baseURL)/api/camera_labels/\(label.id)/catalog", title: label.title)
        }
    }

    @Sendable private func children(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let api = "\(context.baseURL)/api"
        var documents: [JSON] = []
        for label in try await sequences.labels(viewer: context.viewer) {
            documents.append(try await document(of: label.id, named: label.title, context))
        }
        let links = [Link(rel: "self", href: "\(api)/children"), Link(rel: "root", href: api)]
        return .json(["children": .array(documents), "links": .links(links)])
    }

    @Sendable private func label(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.labelID()
        let label = try await sequences.labels(viewer: context.viewer).first { $0.id == id }
        guard let label else { throw Failure.notFound("camera label") }
        return .json(try await document(of: id, named: label.title, context))
    }

    private func document(of id: CameraLabelID, named name: String, _ context: ReaderContext) async throws -> JSON {
        let api = "\(context.baseURL)/api"
        let children = try await sequences.titles(of: id, viewer: context.viewer).map { sequence in
            Link(rel: "child", href: "\(api)/collections/\(sequence.id)/catalog", title: sequence.title)
        }
        let around = [
            Link(rel: "self", href: "\(api)/camera_labels/\(id)/catalog"), Link(rel: "root", href: api),
            Link(rel: "parent", href: api),
        ]
        return CatalogDocument(
            id: "label-\(id)", title: name, description: "The sequences of one camera label.", links: around + children
        ).json
    }

    @Sendable private func sequence(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        let api = "\(context.baseURL)/api"
        let collection = "\(api)/collections/\(id)"
        let items = try await sequences.pictures(of: id, viewer: context.viewer).map { picture in
            Link(rel: "item", href: "\(collection)/items/\(picture)", type: Link.geoJSON)
        }
        let around = [
            Link(rel: "self", href: "\(collection)/catalog"), Link(rel: "root", href: api),
            Link(rel: "parent", href: "\(api)/camera_labels/\(summary.sequence.labelID)/catalog"),
            Link(rel: "related", href: collection, title: "The same as a collection"),
        ]
        return .json(
            CatalogDocument(
                id: "sequence-\(id)", title: summary.sequence.title, description: "The pictures of one sequence.",
                links: around + items
            ).json)
    }
}
