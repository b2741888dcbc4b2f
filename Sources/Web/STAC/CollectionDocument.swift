import Catalogue
import Domain

/// A sequence as a STAC collection.
struct CollectionDocument {
    let summary: SequenceSummary
    let baseURL: String

    var json: JSON {
        let sequence = summary.sequence
        var object: JSONObject = [
            "type": "Collection", "stac_version": "1.1.0",
            "stac_extensions": ["https://stac-extensions.github.io/stats/v0.2.0/schema.json"],
            "id": .string(sequence.id.string), "title": .string(sequence.title),
            "description": "A sequence of street pictures.", "keywords": ["pictures", .string(sequence.title)],
            "license": "other",
            "providers": [
                [
                    "name": .string(summary.producer), "roles": ["producer"], "id": .string(sequence.accountID.string),
                ]
            ],
            "created": .string(RFC3339.string(sequence.createdAt)),
            "updated": .string(RFC3339.string(sequence.updatedAt)),
            "extent": STACExtent.json(box: summary.box, from: summary.capturedFrom, to: summary.capturedTo),
            "stats:items": ["count": .int(summary.pictures)],
            "geovisio:status": .string(status),
            "geovisio:visibility": .string(sequence.visibility.rawValue),
            "geovisio:sorted-by": .string(Self.sortName(sequence.sortMethod)),
            "geovisio:length_km": .rounded(summary.length / 1000, places: 3),
            "geovisio:upload_set": .string(sequence.uploadSetID.string),
            "wayside:camera_label": .string(summary.label), "semantics": SemanticsDocument.json(summary.semantics),
        ]
        if let summaries { object["summaries"] = summaries }
        object["links"] = .links(links)
        return .object(object)
    }

    var status: String {
        if summary.isHidden { return "hidden" }
        return summary.pictures > 0 ? "ready" : "preparing"
    }

    /// What a link to it says of it.
    var childFields: JSONObject {
        let sequence = summary.sequence
        return [
            "id": .string(sequence.id.string), "created": .string(RFC3339.string(sequence.createdAt)),
            "updated": .string(RFC3339.string(sequence.updatedAt)),
            "extent": STACExtent.json(box: summary.box, from: summary.capturedFrom, to: summary.capturedTo),
            "stats:items": ["count": .int(summary.pictures)], "geovisio:status": .string(status),
            "geovisio:visibility": .string(sequence.visibility.rawValue),
            "geovisio:length_km": .rounded(summary.length / 1000, places: 3),
        ]
    }

    private var summaries: JSON? {
        guard let model = summary.model else { return nil }
        return ["pers:interior_orientation": [["camera_model": .string(model)]]]
    }

    private var links: [Link] {
        let api = "\(baseURL)/api"
        let id = summary.sequence.id
        return [
            Link(rel: "self", href: "\(api)/collections/\(id)"), Link(rel: "root", href: api),
            Link(rel: "parent", href: api),
            Link(rel: "items", href: "\(api)/collections/\(id)/items", type: Link.geoJSON),
            Link(rel: Link.queryables, href: "\(api)/collections/\(id)/queryables", type: Link.schema),
            Link(rel: "upload_set", href: "\(api)/upload_sets/\(summary.sequence.uploadSetID)"),
            Link(rel: "preview", href: "\(api)/collections/\(id)/thumb.jpg", type: "image/jpeg"),
        ]
    }

    /// Panoramax' names.
    private static func sortName(_ method: DispatchRules.SortMethod) -> String {
        switch method {
        case .timeAscending: "+gpsdate"
        case .timeDescending: "-gpsdate"
        case .filenameAscending: "+filename"
        case .filenameDescending: "-filename"
        }
    }
}
