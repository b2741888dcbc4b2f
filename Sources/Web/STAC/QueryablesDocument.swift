import Catalogue
import Hummingbird

/// What a filter can name, as a JSON schema (OGC API Features 3 §6.2).
struct QueryablesDocument {
    static let type = "application/schema+json; charset=utf-8"

    let vocabulary: Vocabulary
    let title: String
    /// Its own address.
    let url: String

    var response: Response {
        let properties = vocabulary.queryables.map {
            JSONObject.Member(name: $0.name, value: .object(Self.schema($0)))
        }
        return .json(
            [
                "$schema": "https://json-schema.org/draft/2019-09/schema", "$id": .string(url), "type": "object",
                "title": .string(title), "properties": .object(JSONObject(members: properties)),
                "patternProperties": ["^semantics\\..+$": ["title": "The values of one tag", "type": "string"]],
                "additionalProperties": false,
            ], type: Self.type)
    }

    private static func schema(_ queryable: Queryable) -> JSONObject {
        var schema: JSONObject = ["title": .string(queryable.title)]
        switch queryable.kind {
        case .text: schema["type"] = "string"
        case .number: schema["type"] = "number"
        case .whole: schema["type"] = "integer"
        case .truth: schema["type"] = "boolean"
        case .moment:
            schema["type"] = "string"
            schema["format"] = "date-time"
        case .place: schema["$ref"] = "https://geojson.org/schema/Geometry.json"
        case .texts, .meaning:
            schema["type"] = "array"
            schema["items"] = ["type": "string"]
        }
        switch queryable.name {
        case "id": schema["x-ogc-role"] = "id"
        case "geometry": schema["x-ogc-role"] = "primary-geometry"
        case "datetime": schema["x-ogc-role"] = "primary-instant"
        default: break
        }
        return schema
    }
}
