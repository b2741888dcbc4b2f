/// A STAC catalog between the root and the items, for those who walk along links.
struct CatalogDocument {
    let id: String
    let title: String
    let description: String
    let links: [Link]

    var json: JSON {
        [
            "type": "Catalog", "stac_version": "1.1.0", "id": .string(id), "title": .string(title),
            "description": .string(description), "links": .links(links),
        ]
    }
}
