/// Everything that one model found on one picture; empty when it looked and found nothing.
package struct ModelFindings: Hashable, Sendable, Codable {
    package let model: String
    package let detections: [Detection]

    /// What a treatment says of a picture's findings.
    package enum Outcome: Hashable, Sendable {
        /// The models saw all there is: what they found before no longer counts.
        case whole([ModelFindings])
        /// The models saw a picture that was redacted already: what they found before still counts.
        case more([ModelFindings])
    }

    package init(model: String, detections: [Detection]) {
        self.model = model
        self.detections = detections
    }
}
