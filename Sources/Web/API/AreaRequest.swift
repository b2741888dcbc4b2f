import Domain

/// A GeoJSON Feature (RFC 7946 §3.2) that says where nothing may be shown.
struct AreaRequest: Decodable {
    private let type: String
    private let geometry: Geometry
    private let properties: Properties?

    private struct Properties: Decodable {
        let label: String?
        let isPublic: Bool?
        let isAllowed: Bool?

        enum CodingKeys: String, CodingKey {
            case label
            case isPublic = "is_public"
            case isAllowed = "is_allowed"
        }
    }

    private struct Geometry: Decodable {
        /// Nil for a geometry that no area has.
        let coordinates: [[[[Double]]]]?

        enum CodingKeys: CodingKey { case type, coordinates }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            switch try container.decode(String.self, forKey: .type) {
            case "Polygon": coordinates = [try container.decode([[[Double]]].self, forKey: .coordinates)]
            case "MultiPolygon": coordinates = try container.decode([[[[Double]]]].self, forKey: .coordinates)
            default: coordinates = nil
            }
        }
    }

    /// The area that the feature describes.
    ///
    /// - Parameters:
    ///   - account: whose pictures it is for; nil for everybody's.
    ///   - kind: what it is whatever the feature says; nil: as it says.
    /// - Throws: `.unprocessable` with the part that is wrong.
    func area(of account: AccountID? = nil, kind: ExcludedArea.Kind? = nil) throws -> ExcludedArea {
        guard type == "Feature" else { throw Failure(.unprocessable, "An area is a GeoJSON Feature.") }
        guard let coordinates = geometry.coordinates else {
            throw Failure(.unprocessable, "The geometry of an area is a Polygon or a MultiPolygon.")
        }
        let isAllowed = properties?.isAllowed ?? false
        guard account == nil || !isAllowed else {
            throw Failure(.unprocessable, "Only the whole instance can have allowed areas.")
        }
        return ExcludedArea(
            accountID: account, label: try ExcludedArea.validLabel(properties?.label ?? "–"),
            kind: kind ?? (isAllowed ? .allowed : .excluded),
            isPublic: account == nil && properties?.isPublic ?? false,
            shape: try GeoShape(coordinates: coordinates))
    }
}
