/// A link of a document (STAC, RFC 8288).
struct Link {
    static let json = "application/json"
    static let geoJSON = "application/geo+json"
    static let schema = "application/schema+json"
    /// The relation of what filters can name (OGC API Features 3 §6).
    static let queryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
    /// What is said of an answer in full.
    static let jsonUTF8 = "application/json; charset=utf-8"
    static let geoJSONUTF8 = "application/geo+json; charset=utf-8"

    let rel: String
    let href: String
    var type: String = Link.json
    var title: String?
    var extra = JSONObject()

    var value: JSON {
        var object = JSONObject()
        write(into: &object)
        return .object(object)
    }

    func write(into link: inout some JSONMembers) {
        link.add("rel", .string(rel))
        link.add("type", .string(type))
        link.add("href", .string(href))
        link.add("title", title.map(JSON.string))
        for member in extra.members { link.add(member.name, member.value) }
    }
}

extension JSON {
    static func links(_ links: [Link]) -> JSON { .array(links.map(\.value)) }
}
