import Foundation

/// What is known of a whole camera card.
package struct CardState: Hashable, Sendable {
    /// When all of the card had been listed; nil while that is not so, and for sets that were not sent from a card.
    package var listedAt: Date?
    /// SHA-256 of the list of losses that a person agreed to, lower-case hexadecimal.
    package var agreedLosses: String?
    package var agreedAt: Date?

    package init(listedAt: Date? = nil, agreedLosses: String? = nil, agreedAt: Date? = nil) {
        self.listedAt = listedAt
        self.agreedLosses = agreedLosses
        self.agreedAt = agreedAt
    }
}
