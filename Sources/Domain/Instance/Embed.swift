import Foundation

package typealias EmbedID = Identifier<Embed>

/// One picture that pages of certain other sites may show for a while, seen as its maker sees it.
package struct Embed: Hashable, Sendable {
    package let id: EmbedID
    package let pictureID: PictureID
    package let accountID: AccountID
    /// As `AllowedOrigins.origin(of:)` writes them.
    package let origins: [String]
    package let createdAt: Date
    package let expiresAt: Date
    package let revokedAt: Date?

    package static let mostOrigins = 10
    /// Days.
    package static let spans = 1...3660

    package init(
        id: EmbedID = EmbedID(), pictureID: PictureID, accountID: AccountID, origins: [String], createdAt: Date,
        expiresAt: Date, revokedAt: Date? = nil
    ) {
        self.id = id
        self.pictureID = pictureID
        self.accountID = accountID
        self.origins = origins
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    package func isValid(at moment: Date) -> Bool { revokedAt == nil && moment < expiresAt }

    /// The origins of what somebody wrote: `https://example.org`, a page's whole address, or a host alone.
    ///
    /// - Throws: `.unprocessable` for none, too many, or what is no address of a site.
    package static func origins(_ texts: [String]) throws -> [String] {
        var origins: [String] = []
        for text in texts.map({ $0.trimmingCharacters(in: .whitespaces) }) where !text.isEmpty {
            let whole = text.contains("://") ? text : "https://\(text)"
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x3b && $0 != 0x2c && $0 != 0x27 }),
                let url = URL(string: whole), let origin = AllowedOrigins.origin(of: url)
            else {
                throw Failure(
                    .unprocessable,
                    "This is not the address of a site, such as https://example.org: \(text.prefix(80))",
                    details: ["reason": "bad_origin", "origin": String(text.prefix(80))])
            }
            if !origins.contains(origin) { origins.append(origin) }
        }
        guard (1...mostOrigins).contains(origins.count) else {
            throw Failure(
                .unprocessable, "Name the sites that may show the picture: 1 to 10 addresses.",
                details: ["reason": "origins"])
        }
        return origins
    }
}
