import Catalogue
import Domain

/// An account as others know it, in the three forms that clients ask for.
struct PersonDocument {
    let person: Person
    let baseURL: String

    private var url: String { "\(baseURL)/api/users/\(person.id)" }

    /// Name and links.
    var json: JSON {
        ["id": .string(person.id.string), "name": .string(person.name), "links": .links(links)]
    }

    /// As a result of a search (Panoramax `/api/users/search`); editors read `id` and `name`.
    var found: JSON {
        [
            "id": .string(person.id.string), "name": .string(person.name), "label": .string(person.name),
            "links": .links(links),
        ]
    }

    private var links: [Link] {
        [
            Link(rel: "self", href: url), Link(rel: "root", href: "\(baseURL)/api"),
            Link(rel: "collection", href: "\(url)/collection"), Link(rel: "data", href: "\(url)/collections"),
            Link(rel: "child", href: "\(url)/catalog"),
        ]
    }

    /// One catalogue whose children are the sequences (STAC catalog).
    func catalogue(_ sequences: [SequenceSummary], links pages: [Link]) -> JSON {
        [
            "type": "Catalog", "stac_version": "1.1.0", "id": .string("user:\(person.id)"),
            "title": .string("\(person.name)'s sequences"),
            "description": .string("Sequences of street pictures that \(person.name) sent."),
            "links": .links(
                [Link(rel: "self", href: "\(url)/catalog"), Link(rel: "root", href: "\(baseURL)/api")]
                    + pages + sequences.map(child)),
        ]
    }

    /// All that the person sent as one collection (STAC collection with Panoramax's `child` links).
    func collection(_ sequences: [SequenceSummary], links pages: [Link]) -> JSON {
        var object: JSONObject = [
            "type": "Collection", "stac_version": "1.1.0",
            "stac_extensions": ["https://stac-extensions.github.io/stats/v0.2.0/schema.json"],
            "id": .string("user:\(person.id)"), "title": .string("\(person.name)'s sequences"),
            "description": .string("Sequences of street pictures that \(person.name) sent."),
            "keywords": ["pictures", .string(person.name)], "license": "other",
            "providers": [["name": .string(person.name), "roles": ["producer"], "id": .string(person.id.string)]],
            "extent": STACExtent.json(box: person.box, from: person.capturedFrom, to: person.capturedTo),
            "stats:items": ["count": .int(person.pictures)],
            "stats:collections": ["count": .int(person.sequences)],
        ]
        object["created"] = person.createdAt.map { .string(RFC3339.string($0)) }
        object["updated"] = person.updatedAt.map { .string(RFC3339.string($0)) }
        object["links"] = .links(
            [Link(rel: "self", href: "\(url)/collection"), Link(rel: "root", href: "\(baseURL)/api")]
                + pages + sequences.map(child))
        return .object(object)
    }

    private func child(_ summary: SequenceSummary) -> Link {
        let document = CollectionDocument(summary: summary, baseURL: baseURL)
        return Link(
            rel: "child", href: "\(baseURL)/api/collections/\(summary.sequence.id)", title: summary.sequence.title,
            extra: document.childFields)
    }
}
