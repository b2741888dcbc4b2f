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
        ]
    }
}
