/// What becomes of the received bytes once a picture is prepared.
package enum OriginalsPolicy: String, Codable, Sendable, CaseIterable {
    /// No unredacted byte survives processing.
    case discard
    /// Encrypted to a public key whose private half this server never has.
    case sealed
    /// Kept as received in a private area, for its owner and administrators.
    case keep
}
