import Domain

/// From what was found to what is hidden: boxes with their margin, whole pixels, within the picture.
package struct RedactionPlan {
    /// The displayed picture.
    private let size: PixelSize
    private let wraps: Bool
    private let policy: RedactionPolicy

    package init(size: PixelSize, type: PictureType, policy: RedactionPolicy) {
        self.size = size
        self.policy = policy
        wraps = type == .equirectangular
    }

    /// Regions in pixels of the displayed picture. A box across a panorama's edge becomes two.
    package func redactions(of findings: [Candidate]) -> [Redaction] {
        findings.flatMap { finding in
            let model: DetectionModel = finding.subject == .face ? .face : .plate
            return regions(finding, margin: policy.tuning(of: finding.subject).margin ?? model.margin).map { region in
                Redaction(
                    subject: finding.subject, x: region.x, y: region.y, width: region.width, height: region.height,
                    score: min(1, finding.score), model: model.name)
            }
        }
    }

    /// What the policy hides in every picture.
    package var masks: [Redaction] {
        let outlines = policy.masks.map { $0.scaled(x: Double(size.width), y: Double(size.height)) }
        return redactions(of: outlines, as: .mask, by: Redaction.Subject.mask.rawValue)
    }

    /// What outlines in pixels of the displayed picture hide. One across a panorama's edge becomes two.
    package func redactions(of outlines: [Polygon], as subject: Redaction.Subject, by model: String) -> [Redaction] {
        let (width, height) = (Double(size.width), Double(size.height))
        return outlines.flatMap { outline in
            wraps
                ? outline.wrapped(width: width, height: height)
                : [outline.clipped(width: width, height: height)].compactMap { $0 }
        }.map { Redaction(subject: subject, polygon: $0, model: model) }
    }

    private func regions(_ finding: Candidate, margin: Double) -> [PixelRectangle] {
        let left = bounded(finding.x - finding.width * margin), top = bounded(finding.y - finding.height * margin)
        let right = bounded(finding.x + finding.width * (1 + margin))
        let bottom = bounded(finding.y + finding.height * (1 + margin))
        let box = PixelRectangle(
            x: Int(left.rounded(.down)), y: Int(top.rounded(.down)),
            width: Int(right.rounded(.up)) - Int(left.rounded(.down)),
            height: Int(bottom.rounded(.up)) - Int(top.rounded(.down)))
        var regions = [box.clipped(to: size)]
        if wraps {
            for offset in [-size.width, size.width] {
                var moved = box
                moved.x += offset
                regions.append(moved.clipped(to: size))
            }
        }
        return regions.filter { !$0.isEmpty }
    }

    /// No model's number may overflow ours.
    private func bounded(_ value: Double) -> Double { min(max(value, -1e6), 1e6) }
}
