import Foundation

/// What is left of a picture's original in the store: ciphertext or the file itself.
package struct StoredOriginal: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Ciphertext to a sealing key.
        case sealed
        /// The received bytes.
        case kept
    }

    package let kind: Kind
    /// The key it is sealed to; nil when it is kept as it is.
    package let keyID: String?
    /// Bytes in the store.
    package let size: Int64
    /// Lower-case hexadecimal, of the bytes in the store; the strong ETag.
    package let sha256: String
    package let storedAt: Date
    /// From when on it is gone; nil: it stays as long as its picture.
    package let expiresAt: Date?

    package init(
        kind: Kind, keyID: String?, size: Int64, sha256: String, storedAt: Date = .now, expiresAt: Date? = nil
    ) {
        self.kind = kind
        self.keyID = keyID
        self.size = size
        self.sha256 = sha256
        self.storedAt = storedAt
        self.expiresAt = expiresAt
    }
}
