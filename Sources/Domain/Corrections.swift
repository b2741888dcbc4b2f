/// What people have said about what is hidden in a picture. It is kept, and counts after the models whenever the
/// picture is treated anew.
package struct Corrections: Hashable, Sendable, Codable {
    /// Findings that hide nothing that must be hidden.
    package let wrong: [Redaction]
    /// Outlines that are hidden whatever else was found, in pixels of the picture as displayed. On a panorama one may
    /// run beyond the left or right edge: it comes in at the other.
    package let regions: [Polygon]

    package init(wrong: [Redaction] = [], regions: [Polygon] = []) {
        self.wrong = wrong
        self.regions = regions
    }

    package static let none = Corrections()

    /// The findings that nobody has called wrong: a finding of the same kind at the same place counts as the same one.
    package func remaining(of findings: [Redaction]) -> [Redaction] {
        findings.filter { finding in
            !wrong.contains { $0.subject == finding.subject && $0.overlap(with: finding) >= Self.sameness }
        }
    }

    /// What two findings must share at least to be about the same thing: another model draws another box around it.
    private static let sameness = 0.5
}

extension Redaction {
    /// How much of what the two surrounding rectangles cover they both cover: 0–1.
    package func overlap(with other: Redaction) -> Double {
        let across = Self.shared(x, width, other.x, other.width)
        let down = Self.shared(y, height, other.y, other.height)
        guard across > 0, down > 0 else { return 0 }
        let shared = across * down
        return shared / (Double(width) * Double(height) + Double(other.width) * Double(other.height) - shared)
    }
    /// What two stretches have in common. As numbers that cannot overflow, whatever is in a file.
    private static func shared(_ start: Int, _ length: Int, _ other: Int, _ otherLength: Int) -> Double {
        min(Double(start) + Double(length), Double(other) + Double(otherLength)) - max(Double(start), Double(other))
    }
}
