import Crypto
import Domain
import Foundation

/// What is signed for a picture that pages of other sites show: which row it stands for, until when, and for which sites.
///
/// Written `id.expiry.origins.signature`, signed with the sub-key for embeds (HMAC-SHA256) together with the picture's id, so
/// that it opens no other picture. The row can still be revoked.
struct EmbedKey: Sendable {
    let embed: EmbedID
    let expiresAt: Date
    let origins: [String]

    init(_ embed: Embed) {
        self.embed = embed.id
        // Whole seconds are signed.
        expiresAt = Date(timeIntervalSince1970: embed.expiresAt.timeIntervalSince1970.rounded(.down))
        origins = embed.origins
    }

    /// Nil when it was not signed here for this picture, or its time is over.
    init?(_ text: String, picture: PictureID, keys: SecretKeys, at moment: Date) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let embed = EmbedID(parts[0]), let seconds = Int64(parts[1]),
            let origins = Base64URL.decode(parts[2]), let signature = Base64URL.decode(parts[3]),
            HMAC<SHA256>.isValidAuthenticationCode(
                signature, authenticating: Self.bytes(parts[0...2].joined(separator: "."), picture),
                using: keys.key(for: .embed))
        else { return nil }
        self.embed = embed
        expiresAt = Date(timeIntervalSince1970: Double(seconds))
        self.origins = String(decoding: origins, as: UTF8.self).split(separator: " ").map(String.init)
        guard moment < expiresAt else { return nil }
    }

    /// The signed text.
    func text(for picture: PictureID, keys: SecretKeys) -> String {
        let origins = Base64URL.encode(Data(origins.joined(separator: " ").utf8))
        let head = "\(embed).\(Int64(expiresAt.timeIntervalSince1970)).\(origins)"
        let code = HMAC<SHA256>.authenticationCode(for: Self.bytes(head, picture), using: keys.key(for: .embed))
        return "\(head).\(Base64URL.encode(Data(code)))"
    }

    private static func bytes(_ head: String, _ picture: PictureID) -> Data {
        Data("wayside embed v1 \(picture) \(head)".utf8)
    }
}
