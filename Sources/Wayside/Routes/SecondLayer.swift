import Catalogue
import Delivery
import Domain
import Peer

/// Sends to another Wayside, and tells it what was done to each picture.
struct SecondLayer: Sendable {
    let catalogue: Catalogue
    /// What this server is called.
    let name: String

    func destination(_ place: WaysidePlace, secrets: [String: String]) throws -> PeerDestination {
        let address = try PeerAddress(place.url, token: secrets["token"] ?? "")
        return PeerDestination(
            PeerServer(address), label: place.label, copies: catalogue.peers,
            tell: { [catalogue, name] picture, file in
                guard let picture, let item = try await catalogue.pictures.item(picture, viewer: .system) else {
                    return Lineage.told(by: name, before: nil, isOriginal: false)
                }
                // The very bytes that came were not treated.
                let isOriginal = item.picture.originalSHA256 == file.sha256
                return Lineage.told(by: name, before: item.lineage, isOriginal: isOriginal)
            })
    }
}
