/// What an operator says of a model's findings; `nil` leaves it to the model.
package struct DetectionTuning: Hashable, Sendable, Codable {
    /// 0–1; findings with a lower score are left alone.
    package var threshold: Double?
    /// Added on each side, as a part of width and height.
    package var margin: Double?

    package init(threshold: Double? = nil, margin: Double? = nil) {
        self.threshold = threshold
        self.margin = margin
    }
}

extension DetectionTuning {
    /// What holds for Wayside's own models where an operator says nothing.
    package struct Usual: Sendable {
        package let threshold: Double
        package let margin: Double
    }

    package static func usual(_ subject: Redaction.Subject) -> Usual {
        switch subject {
        case .face: Usual(threshold: 0.3, margin: 0.25)
        case .plate: Usual(threshold: 0.2, margin: 0.3)
        default: Usual(threshold: 0, margin: 0)
        }
    }
}
