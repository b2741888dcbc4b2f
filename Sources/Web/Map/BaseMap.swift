import Domain
import Foundation

/// What lies below the pictures on the pages' maps.
package enum BaseMap: Equatable, Sendable {
    /// Coasts, lakes and borders, which come with Wayside.
    case naturalEarth
    /// Tiles that are pictures, at an address with `{z}`, `{x}` and `{y}`.
    case tiles(String)
    /// A MapLibre style, version 8.
    case style(Place)
    /// A PMTiles archive, specification version 3, of vector tiles or of pictures.
    case archive(Place)

    package enum Place: Equatable, Sendable {
        /// Another server's, which browsers ask themselves.
        case address(String)
        /// A file of this machine, which the server hands to those who may read its pages.
        case file(String)
    }

    /// The file that the server hands out.
    var file: String? {
        switch self {
        case .style(.file(let path)), .archive(.file(let path)): path
        default: nil
        }
    }

    /// Of the server that browsers have to be allowed to ask (RFC 6454), if there is one.
    var origin: String? {
        let address: String
        switch self {
        case .tiles(let template): address = BaseMap.example(template)
        case .style(.address(let text)), .archive(.address(let text)): address = text
        default: return nil
        }
        return URL(string: address).flatMap(AllowedOrigins.origin)
    }

    /// The address of one tile.
    package static func example(_ template: String) -> String {
        ["{z}", "{x}", "{y}", "{ratio}", "{r}"].reduce(template) { $0.replacing($1, with: "0") }
    }
}
