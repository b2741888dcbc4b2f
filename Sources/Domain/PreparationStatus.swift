/// How far the processing of a picture is.
package enum PreparationStatus: String, Codable, Sendable, CaseIterable {
    /// Received; its tags are not read yet.
    case waiting
    /// Its tags are read; redaction and derivatives are owed.
    case preparing
    /// Safe to show.
    case prepared
    /// Given up on, with a reason.
    case broken

    /// The value of `geovisio:status` on the wire.
    package var wireName: String {
        switch self {
        case .waiting: "waiting-for-process"
        case .preparing: "preparing"
        case .prepared: "ready"
        case .broken: "broken"
        }
    }
}
