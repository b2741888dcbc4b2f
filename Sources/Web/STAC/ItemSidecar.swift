import Catalogue
import Domain
import Foundation

/// A picture's STAC item as a file beside its copies.
///
/// To others goes what the picture is: its place, time and camera. Who took it, how the file was called and all other tags
/// stay here. A backup of one's own has everything.
package struct ItemSidecar: Sendable {
    private let catalogue: Catalogue
    private let baseURL: String

    package init(catalogue: Catalogue, baseURL: String) {
        self.catalogue = catalogue
        self.baseURL = baseURL
    }

    /// The item as JSON. Throws `.notFound` when there is none.
    package func text(of id: PictureID, isBackup: Bool) async throws -> Data {
        guard let item = try await catalogue.pictures.item(id, viewer: .system) else {
            throw Failure.notFound("picture")
        }
        let document = ItemDocument(item: item, baseURL: baseURL).json
        return Data((isBackup ? document : Self.reduced(document)).bytes)
    }

    private static let members = [
        "type", "stac_version", "stac_extensions", "id", "geometry", "bbox",
    ]
    private static let properties = [
        "datetime", "datetimetz", "license", "view:azimuth", "processing:lineage", "wayside:camera_label",
        "wayside:heading_computed", "pers:interior_orientation", "wayside:type", "wayside:altitude", "wayside:pitch",
        "wayside:roll", "quality:horizontal_accuracy",
    ]

    private static func reduced(_ document: JSON) -> JSON {
        guard let whole = document.asObject, let all = whole["properties"]?.asObject else { return .null }
        var object = kept(members, of: whole)
        object["properties"] = .object(kept(properties, of: all))
        object["links"] = []
        object["assets"] = .object(JSONObject())
        return .object(object)
    }

    private static func kept(_ names: [String], of object: JSONObject) -> JSONObject {
        JSONObject(members: object.members.filter { names.contains($0.name) })
    }
}
