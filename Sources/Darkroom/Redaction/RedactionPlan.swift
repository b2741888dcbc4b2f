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

    /// What Wayside's own models found, box by box without a margin; one entry for each model that was asked.
    package func findings(of candidates: [Candidate]) -> [ModelFindings] {
        let box = DetectionBox(size: size, wraps: wraps)
        return DetectionModel.allCases.filter { policy.hides($0.subject) }.map { model in
            let detections = candidates.filter { $0.subject == model.subject }.flatMap { found in
                box.parts(x: found.x, y: found.y, width: found.width, height: found.height).map { part in
                    Detection(
                        className: model.subject.rawValue, score: min(1, found.score), x: part.x, y: part.y,
                        width: part.width, height: part.height)
                }
            }
            return ModelFindings(model: model.name, detections: detections)
        }
    }

    /// What of the findings of the operator's own models is hidden: the classes that the policy names, and no other.
    package func redactions(of findings: [ModelFindings]) -> [Redaction] {
        findings.flatMap { found in
            found.detections.filter { policy.hides($0.className) }.flatMap { detection in
                redactions(of: detection, by: found.model)
            }
        }
    }

    private func redactions(of detection: Detection, by model: String) -> [Redaction] {
        let subject = [Redaction.Subject.face, .plate].first { $0.rawValue == detection.className } ?? .object
        let box = Candidate(
            subject: subject, x: Double(detection.x), y: Double(detection.y), width: Double(detection.width),
            height: Double(detection.height), score: detection.score)
        let usual = subject == .object ? Self.ownMargin : DetectionTuning.usual(subject).margin
        return regions(box, margin: policy.tuning(of: subject).margin ?? usual).map { region in
            Redaction(
                subject: subject, x: region.x, y: region.y, width: region.width, height: region.height,
                score: detection.score, model: model)
        }
    }

    /// Around what a model of the operator's finds, as a part of its size: most models' boxes are a little too tight.
    private static let ownMargin = 0.15

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
