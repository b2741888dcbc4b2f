import Foundation

/// What Mapillary's tools write as JSON into `ImageDescription`.
struct MapillaryTags: Sendable {
    let latitude: Double?
    let longitude: Double?
    let altitude: Double?
    /// Degrees clockwise from true north.
    let trueHeading: Double?
    /// `2016_06_10_21_31_24_996`, UTC.
    let gpsTime: String?
    let make: String?
    let model: String?

    /// `nil` when the text is no JSON object or has no Mapillary tag.
    init?(description text: String) {
        guard text.hasPrefix("{"), text.utf8.count < 65_536,
            let parsed = try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8)),
            parsed.keys.contains(where: { $0.hasPrefix("MAP") })
        else { return nil }
        latitude = parsed["MAPLatitude"]?.number
        longitude = parsed["MAPLongitude"]?.number
        altitude = parsed["MAPAltitude"]?.number
        trueHeading = parsed["MAPCompassHeading"]?.member("TrueHeading")?.number
        gpsTime = parsed["MAPGpsTime"]?.text
        make = parsed["MAPDeviceMake"]?.text
        model = parsed["MAPDeviceModel"]?.text
    }

    /// The JSON values of interest; anything else decodes as `other`, so that it spoils nothing.
    private enum Value: Decodable {
        case number(Double)
        case text(String)
        case members([String: Scalar])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let scalar = try? container.decode(Scalar.self) {
                self = scalar.value
            } else if let members = try? container.decode([String: Scalar].self) {
                self = .members(members)
            } else {
                self = .other
            }
        }

        var number: Double? {
            switch self {
            case .number(let value): value.isFinite ? value : nil
            case .text(let text): NumberText.number(text)
            case .members, .other: nil
            }
        }

        var text: String? {
            guard case .text(let text) = self else { return nil }
            return CleanText.cleaned(text)
        }

        func member(_ name: String) -> Value? {
            guard case .members(let members) = self else { return nil }
            return members[name]?.value
        }
    }

    private struct Scalar: Decodable {
        let value: Value

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = .number(number)
            } else {
                value = .text(try container.decode(String.self))
            }
        }
    }
}
