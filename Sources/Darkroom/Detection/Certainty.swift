import Domain

/// How sure a model must be before something is hidden.
///
/// Of faces little is asked here, since a `SecondLook` decides. Small plates are reported hesitantly, large ones are not. What an
/// operator has set for a label holds at every size.
package struct Certainty: Sendable {
    /// Scores asked of a small plate and of a large one, and how many pixels wide these are.
    private static let plates = (small: 64.0, large: 96.0, atLarge: 0.25)
    /// Asked of a face that is too large for a second look.
    private static let largeFace = 0.5
    /// Smaller faces are noise, pixels.
    private static let smallestFace = 8.0
    /// Plates above this part of the height are taken for signs unless the model is fairly sure.
    static let horizon = 0.4
    private static let sureAboveHorizon = 0.5

    private let policy: RedactionPolicy
    private let pictureHeight: Double

    package init(_ policy: RedactionPolicy, pictureHeight: Int) {
        self.policy = policy
        self.pictureHeight = Double(pictureHeight)
    }

    package func suffices(_ candidate: Candidate) -> Bool {
        if candidate.subject == .face, max(candidate.width, candidate.height) < Self.smallestFace { return false }
        return candidate.score >= required(of: candidate)
    }

    private func required(of candidate: Candidate) -> Double {
        let asked = policy.tuning(of: candidate.subject).threshold
        let usual = DetectionTuning.usual(candidate.subject).threshold
        guard candidate.subject == .plate else {
            if let asked { return asked }
            guard candidate.height < SecondLook.tallestFace else { return Self.largeFace }
            return SecondLook.faintestFace(ofHeight: candidate.height)
        }
        let least = asked ?? Self.rising(from: usual, Self.plates, at: candidate.width)
        return candidate.middle.y < pictureHeight * Self.horizon ? max(Self.sureAboveHorizon, least) : least
    }

    private static func rising(
        from usual: Double, _ sizes: (small: Double, large: Double, atLarge: Double), at size: Double
    ) -> Double {
        let share = min(1, max(0, (size - sizes.small) / (sizes.large - sizes.small)))
        return usual + share * max(0, sizes.atLarge - usual)
    }
}
