import Foundation

package typealias ErasureID = Identifier<Erasure>

/// The receipt for something that was erased: that it is gone, never what it was.
package struct Erasure: Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case picture, sequence
        case uploadSet = "upload-set"
        case account
    }

    /// One erased picture.
    package struct Proof: Hashable, Sendable {
        package let picture: PictureID
        /// Lower-case hexadecimal SHA-256 of the receipt's salt (text) followed by the lower-case hexadecimal SHA-256
        /// of the received bytes. Who holds the file and the receipt can show that this file was erased; nobody can
        /// look a known file up in receipts.
        package let digest: String

        package init(picture: PictureID, digest: String) {
            self.picture = picture
            self.digest = digest
        }
    }

    package let id: ErasureID
    package let kind: Kind
    /// The id of what was erased.
    package let subject: String
    /// Who asked; nil for the server itself or its console.
    package let requestedBy: AccountID?
    package let requestedAt: Date
    /// When the last byte was gone; nil before.
    package let finishedAt: Date?
    package let pictures: Int
    /// How many of them are still to be removed.
    package let remaining: Int
    /// Pictures of an erased account that went to another one.
    package let handedOver: Int
    /// Random, hexadecimal.
    package let salt: String

    package init(
        id: ErasureID, kind: Kind, subject: String, requestedBy: AccountID?, requestedAt: Date, finishedAt: Date?,
        pictures: Int, remaining: Int, handedOver: Int, salt: String
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.finishedAt = finishedAt
        self.pictures = pictures
        self.remaining = remaining
        self.handedOver = handedOver
        self.salt = salt
    }
}
