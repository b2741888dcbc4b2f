import Domain
import Foundation

/// An embed on the wire, with what is put into the other site's page while it holds.
struct EmbedDocument {
    private let embed: Embed
    private let services: WebServices
    private let baseURL: String

    init(_ embed: Embed, services: WebServices, baseURL: String) {
        self.embed = embed
        self.services = services
        self.baseURL = baseURL
    }

    /// The address of the frame.
    var address: String {
        let key = EmbedKey(embed).text(for: embed.pictureID, keys: services.tokenSigner.keys)
        return "\(baseURL)/embed/\(embed.pictureID)?key=\(key)"
    }

    /// Nothing in the address has to be escaped.
    var html: String {
        """
        <iframe src="\(address)" width="640" height="420" style="border:0" allow="fullscreen" loading="lazy"></iframe>
        """
    }

    var json: JSON {
        let isValid = embed.isValid(at: services.clock())
        return [
            "id": .string(embed.id.string), "picture": .string(embed.pictureID.string),
            "account": .string(embed.accountID.string), "origins": .array(embed.origins.map(JSON.string)),
            "created_at": .string(RFC3339.string(embed.createdAt)),
            "expires_at": .string(RFC3339.string(embed.expiresAt)),
            "revoked_at": .optional(embed.revokedAt.map { RFC3339.string($0) }),
            "url": .optional(isValid ? address : nil), "html": .optional(isValid ? html : nil),
            "links": [],
        ]
    }
}
