import Catalogue

/// STAC items as one GeoJSON feature collection (RFC 7946 §3.3).
struct GeoJSONText: ExportText {
    private let baseURL: String
    private var count = 0

    init(baseURL: String) { self.baseURL = baseURL }

    mutating func begin(_ output: inout [UInt8]) {
        output += #"{"type":"FeatureCollection","features":["#.utf8
    }

    mutating func add(_ entry: ExportCursor.Entry, to output: inout [UInt8]) {
        add(entry.item, file: nil, to: &output)
    }

    /// - Parameter file: where the picture lies beside the document.
    mutating func add(_ item: PictureItem, file: String?, to output: inout [UInt8]) {
        if count > 0 { output += ",\n".utf8 }
        count += 1
        var json = ItemDocument(item: item, baseURL: baseURL).json
        if let file, case .object(var object) = json, case .object(var properties)? = object["properties"] {
            properties["file"] = .string(file)
            object["properties"] = .object(properties)
            json = .object(object)
        }
        output += json.bytes
    }

    mutating func end(_ output: inout [UInt8]) {
        output += #"],"links":[{"rel":"root","href":"\#(baseURL)/api"}],"numberReturned":\#(count)}"#.utf8
    }
}
