import Foundation

extension RedactionPolicy {
    package static let mostSubjects = 32
    /// Below, everything is a face; above, nothing is.
    package static let thresholds = 0.05...0.95
    package static let margins = 0.0...2.0

    /// The policy with its subjects in order; throws `.unprocessable` with the rule that is broken.
    package func validated() throws -> RedactionPolicy {
        var policy = self
        policy.subjects = try Self.valid(subjects: subjects)
        try Self.check(face, of: "faces")
        try Self.check(plate, of: "plates")
        try rows.check()
        return policy
    }

    private static func valid(subjects: [String]) throws -> [String] {
        let names = subjects.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_. "))
        guard names.allSatisfy({ (1...64).contains($0.count) && $0.unicodeScalars.allSatisfy(allowed.contains) }) else {
            throw Failure(
                .unprocessable, "A subject is face, plate or a model's class: 1 to 64 letters, digits, spaces and - _ ."
            )
        }
        guard !names.contains(Redaction.Subject.mask.rawValue) else {
            throw Failure(.unprocessable, "Masks are always hidden: 'mask' is not named among the subjects.")
        }
        let own = [Redaction.Subject.face, .plate].map(\.rawValue)
        let others = Set(names).subtracting(own).sorted()
        guard own.count + others.count <= mostSubjects else {
            throw Failure(.unprocessable, "A label names at most \(mostSubjects) subjects.")
        }
        return own.filter(names.contains) + others
    }

    private static func check(_ tuning: DetectionTuning, of subjects: String) throws {
        if let threshold = tuning.threshold, !thresholds.contains(threshold) {
            throw Failure(
                .unprocessable,
                "The score threshold of \(subjects) lies between \(thresholds.lowerBound) and \(thresholds.upperBound)."
            )
        }
        if let margin = tuning.margin, !margins.contains(margin) {
            throw Failure(
                .unprocessable,
                "The margin around \(subjects) is a part of their size, from 0 to \(Int(margins.upperBound)).")
        }
    }
}
