/// What a route sends of each picture.
package enum RouteContent: Hashable, Sendable {
    /// The received bytes where the label keeps them, ciphertext where it seals them. Not redacted.
    case original
    /// The camera's raw file, under the same policy as the original. Not redacted.
    case raw
    case hd
    case sd
    case thumb
    /// Redacted, scaled down to fit in, upright, aspect kept; time and position kept. Pixels.
    case rendition(width: Int, height: Int)
    /// What is known of the picture: a STAC item.
    case item

    /// The word on the wire and in names: `hd`, `1920x1280`.
    package var word: String {
        switch self {
        case .original: "original"
        case .raw: "raw"
        case .hd: "hd"
        case .sd: "sd"
        case .thumb: "thumb"
        case .rendition(let width, let height): "\(width)x\(height)"
        case .item: "item"
        }
    }

    /// Pixels of a rendition's longer side.
    package static let sides = 16...16_384

    /// Nil for a word that is none.
    package init?(word: String) {
        switch word {
        case "original": self = .original
        case "raw": self = .raw
        case "hd": self = .hd
        case "sd": self = .sd
        case "thumb": self = .thumb
        case "item": self = .item
        default:
            let parts = word.split(separator: "x", omittingEmptySubsequences: false)
            guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
                Self.sides.contains(width), Self.sides.contains(height)
            else { return nil }
            self = .rendition(width: width, height: height)
        }
    }

    /// What is not redacted: only where the label's policy leaves it, as a whole or as ciphertext.
    package var isOriginal: Bool { self == .original || self == .raw }
}

extension RouteContent: Codable {
    package init(from decoder: any Decoder) throws {
        let word = try decoder.singleValueContainer().decode(String.self)
        guard let content = RouteContent(word: word) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "nothing that a route sends"))
        }
        self = content
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(word)
    }
}
