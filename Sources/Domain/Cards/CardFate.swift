/// What became of a file of a camera card, those that would be lost with the card first; raw values are what clients read.
package enum CardFate: String, Hashable, Sendable, CaseIterable, Codable {
    /// It was sent and did not become a picture.
    case refused
    /// It was a picture here, and is no more: neither the picture nor the received file is left.
    case gone
    /// A picture that the browser could not read.
    case unreadable
    /// A picture that never came.
    case missing
    /// No picture, so that it was not sent.
    case notSent = "not_sent"
    /// Received whole; it is being worked on.
    case working
    /// It could not be made a picture yet; the received file is kept for another try.
    case held
    case prepared
    /// The same bytes were a picture before.
    case known

    /// Whether the card may be wiped as far as this file goes.
    package var isKept: Bool { self == .held || self == .prepared || self == .known }

    /// Whether the file is lost with the card.
    package var isLoss: Bool { !isKept && self != .working }
}
