/// The root of the catalogue (STAC API 1.0.0 core). It tells nothing of what is inside: no extent, no count.
struct LandingDocument {
    let configuration: WebConfiguration
    let baseURL: String
    /// To what the viewer can walk on to.
    let children: [Link]

    var json: JSON {
        [
            "type": "Catalog", "stac_version": "1.1.0", "id": "wayside",
            "title": .string(configuration.instanceName),
            "description": "Street imagery, private unless it says otherwise.",
            "conformsTo": .array(Conformance.classes.map(JSON.string)),
            "links": .links(links + children),
        ]
    }

    private var links: [Link] {
        let api = "\(baseURL)/api"
        return [
            Link(rel: "self", href: api), Link(rel: "root", href: api),
            Link(rel: "service-desc", href: "\(api)/docs/openapi.json", type: ContractRoutes.mediaType),
            Link(rel: "service-doc", href: "\(api)/docs", type: "text/html"),
            Link(rel: "conformance", href: "\(api)/conformance"),
            Link(rel: "data", href: "\(api)/collections"),
            Link(rel: "children", href: "\(api)/children"),
            Link(rel: "search", href: "\(api)/search", type: Link.geoJSON, extra: ["method": "GET"]),
            Link(rel: "search", href: "\(api)/search", type: Link.geoJSON, extra: ["method": "POST"]),
            Link(rel: Link.queryables, href: "\(api)/queryables", type: Link.schema),
            Link(rel: TileSetDocument.listRelation, href: "\(api)/map/tiles", title: "Vector tiles"),
            Link(
                rel: "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", href: "\(api)/tileMatrixSets",
                title: "Tile matrix sets"),
            Link(
                rel: "xyz", href: "\(api)/map/{z}/{x}/{y}.mvt", type: TileSetDocument.type,
                title: "Vector tiles", extra: ["templated": true]),
            Link(rel: "xyz-style", href: "\(api)/map/style.json", title: "MapLibre style of the vector tiles"),
        ] + forViewers
    }

    /// Where Panoramax' viewers and editors find what they need; in braces what they fill in.
    private var forViewers: [Link] {
        let api = "\(baseURL)/api"
        let templated: JSONObject = ["templated": true]
        return [
            Link(
                rel: "user-xyz", href: "\(api)/users/{userId}/map/{z}/{x}/{y}.mvt", type: TileSetDocument.type,
                title: "Vector tiles of somebody's pictures", extra: templated),
            Link(
                rel: "user-xyz-style", href: "\(api)/users/{userId}/map/style.json",
                title: "MapLibre style of these tiles", extra: templated),
            Link(
                rel: "collection-preview", href: "\(api)/collections/{id}/thumb.jpg", type: "image/jpeg",
                title: "Thumbnail of a sequence", extra: templated),
            Link(
                rel: "item-preview", href: "\(api)/pictures/{id}/thumb.jpg", type: "image/jpeg",
                title: "Thumbnail of a picture", extra: templated),
            Link(rel: "users", href: "\(api)/users", title: "People"),
            Link(rel: "user-search", href: "\(api)/users/search", title: "People by their names"),
            Link(rel: "report", href: "\(api)/reports", title: "Reports of pictures and sequences"),
            Link(
                rel: "data", href: "\(api)/collections?format=rss", type: "application/rss+xml",
                title: "Sequences as a feed"),
        ]
    }
}
