/// What becomes of the received bytes once a picture is prepared.
package enum OriginalsPolicy: String, Codable, Sendable, CaseIterable {
    /// No unredacted byte survives processing.
    case discard
    // The privacy capability adds `sealed` and `keep`.
}
