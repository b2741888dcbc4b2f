/// The root of the catalogue (STAC API 1.0.0 core). It tells nothing of what is inside: no extent, no count.
struct LandingDocument {
    let configuration: WebConfiguration
    let baseURL: String

    /// Only what holds.
    static let conformance = [
        "https://api.stacspec.org/v1.0.0/core",
        "https://api.stacspec.org/v1.0.0/collections",
        "https://api.stacspec.org/v1.0.0/ogcapi-features",
        "https://api.stacspec.org/v1.0.0/item-search",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
        "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
        "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
    ]

    var json: JSON {
        let api = "\(baseURL)/api"
        return [
            "type": "Catalog", "stac_version": "1.1.0", "id": "wayside",
            "title": .string(configuration.instanceName),
            "description": "Street imagery, private unless it says otherwise.",
            "conformsTo": .array(Self.conformance.map(JSON.string)),
            "links": .links([
                Link(rel: "self", href: api), Link(rel: "root", href: api),
                Link(rel: "service-desc", href: "\(api)/docs/openapi.json", type: ContractRoutes.mediaType),
                Link(rel: "service-doc", href: "\(api)/docs", type: "text/html"),
                Link(rel: "conformance", href: "\(api)/conformance"),
                Link(rel: "data", href: "\(api)/collections"),
                Link(rel: "search", href: "\(api)/search", type: Link.geoJSON, extra: ["method": "GET"]),
                Link(rel: "search", href: "\(api)/search", type: Link.geoJSON, extra: ["method": "POST"]),
                Link(
                    rel: "http://www.opengis.net/def/rel/ogc/1.0/queryables", href: "\(api)/queryables",
                    type: "application/schema+json"),
                Link(rel: TileSetDocument.listRelation, href: "\(api)/map/tiles", title: "Vector tiles"),
                Link(
                    rel: "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", href: "\(api)/tileMatrixSets",
                    title: "Tile matrix sets"),
                Link(
                    rel: "xyz", href: "\(api)/map/{z}/{x}/{y}.mvt", type: TileSetDocument.type,
                    title: "Vector tiles", extra: ["templated": true]),
                Link(rel: "xyz-style", href: "\(api)/map/style.json", title: "MapLibre style of the vector tiles"),
            ]),
        ]
    }
}
