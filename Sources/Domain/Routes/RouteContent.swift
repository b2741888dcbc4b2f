/// What a route sends of each picture.
package enum RouteContent: Hashable, Sendable {
    /// The received bytes where the label keeps them, ciphertext where it seals them. Not redacted.
    case original
    /// The camera's raw file, under the same policy as the original. Not redacted.
    case raw
    case hd
    case sd
    case thumb
    /// Redacted, scaled down to fit in, upright, aspect kept; time and position kept.
    case rendition(Rendition)
    /// What is known of the picture: a STAC item.
    case item
    /// Every stored file as it is, under the name that it has in the store, and the catalogue beside them: what
    /// `wayside restore` reads. Not redacted where the label keeps originals.
    case backup

    /// The word on the wire and in names: `hd`, `1920x1280`.
    package var word: String {
        switch self {
        case .original: "original"
        case .raw: "raw"
        case .hd: "hd"
        case .sd: "sd"
        case .thumb: "thumb"
        case .rendition(let rendition): rendition.text
        case .item: "item"
        case .backup: "backup"
        }
    }

    /// Nil for a word that is none.
    package init?(word: String) {
        switch word {
        case "original": self = .original
        case "raw": self = .raw
        case "hd": self = .hd
        case "sd": self = .sd
        case "thumb": self = .thumb
        case "item": self = .item
        case "backup": self = .backup
        default:
            guard let rendition = try? Rendition(text: word) else { return nil }
            self = .rendition(rendition)
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
