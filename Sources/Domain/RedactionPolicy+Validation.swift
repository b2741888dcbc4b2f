import Foundation

extension RedactionPolicy {
    package static let mostSubjects = 32
    package static let mostMasks = 32
    /// Below, everything is a face; above, nothing is.
    package static let thresholds = 0.05...0.95
    package static let margins = 0.0...2.0

    /// The policy with its subjects in order and no mask twice; throws `.unprocessable` with the rule that is broken.
    package func validated() throws -> RedactionPolicy {
        var policy = self
        policy.subjects = try Self.valid(subjects: subjects)
        try Self.check(face, of: "faces")
        try Self.check(plate, of: "plates")
        try rows.check()
        policy.masks = try Self.valid(masks: masks)
        return policy
    }

    private static func valid(subjects: [String]) throws -> [String] {
        let names = subjects.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_. "))
        guard names.allSatisfy({ (1...64).contains($0.count) && $0.unicodeScalars.allSatisfy(allowed.contains) }) else {
            throw refusal(
                "subjects", "A subject is face, plate or a model's class: 1 to 64 letters, digits, spaces and - _ .")
        }
        let own = [Redaction.Subject.face, .plate].map(\.rawValue)
        let others = Set(names).subtracting(own).sorted()
        if let always = others.first(where: { Redaction.Subject(rawValue: $0) != nil }) {
            throw refusal("subjects", "What is drawn is always hidden: '\(always)' is not named among the subjects.")
        }
        let ordered = own.filter(names.contains) + others
        guard ordered.count <= mostSubjects else {
            throw refusal("subjects", "A label names at most \(mostSubjects) subjects.")
        }
        return ordered
    }

    private static func valid(masks: [Polygon]) throws -> [Polygon] {
        var different: [Polygon] = []
        for mask in masks where !different.contains(mask) { different.append(mask) }
        guard different.count <= mostMasks else {
            throw refusal("masks", "A label has at most \(mostMasks) masks.")
        }
        let inside = 0.0...1.0
        guard different.allSatisfy({ $0.points.allSatisfy { inside.contains($0.x) && inside.contains($0.y) } }) else {
            throw refusal("masks", "A mask lies within the picture: its numbers are fractions from 0 to 1.")
        }
        return different
    }

    private static func check(_ tuning: DetectionTuning, of subjects: String) throws {
        if let threshold = tuning.threshold, !thresholds.contains(threshold) {
            let (least, most) = (thresholds.lowerBound, thresholds.upperBound)
            throw refusal("threshold", "The score threshold of \(subjects) lies between \(least) and \(most).")
        }
        if let margin = tuning.margin, !margins.contains(margin) {
            let most = Int(margins.upperBound)
            throw refusal("margin", "The margin around \(subjects) is a part of their size, from 0 to \(most).")
        }
    }

    private static func refusal(_ reason: String, _ message: String) -> Failure {
        Failure(.unprocessable, message, details: ["reason": reason])
    }
}
