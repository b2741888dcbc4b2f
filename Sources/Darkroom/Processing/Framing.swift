import DarkroomProtocol
import Domain

/// What was found on the whole picture, as it lies in the frame that is shown. What is outside of it is not on the picture.
struct Framing {
    let frame: PictureFrame
    private var size: PixelSize { PixelSize(width: frame.width, height: frame.height) }

    func shown(_ candidates: [Candidate]) -> [Candidate] {
        candidates.compactMap { candidate in
            let around = bounds(candidate.x, candidate.y, candidate.width, candidate.height)
            guard isSeen(around) else { return nil }
            var moved = candidate
            (moved.x, moved.y, moved.width, moved.height) = (around.left, around.top, around.width, around.height)
            return moved
        }
    }

    func shown(_ findings: [ModelFindings]) -> [ModelFindings] {
        findings.map { ModelFindings(model: $0.model, detections: $0.detections.compactMap(shown)) }
    }

    private func shown(_ found: Detection) -> Detection? {
        let around = bounds(Double(found.x), Double(found.y), Double(found.width), Double(found.height))
        guard isSeen(around) else { return nil }
        let left = Int(around.left.rounded(.down)), top = Int(around.top.rounded(.down))
        let box = PixelRectangle(
            x: left, y: top, width: Int(around.right.rounded(.up)) - left, height: Int(around.bottom.rounded(.up)) - top
        ).clipped(to: size)
        return Detection(
            className: found.className, score: found.score, x: box.x, y: box.y, width: box.width, height: box.height)
    }

    private func bounds(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Polygon.Bounds {
        frame.shown(Polygon(x: x, y: y, width: width, height: height)).bounds
    }

    private func isSeen(_ around: Polygon.Bounds) -> Bool {
        around.right > 0 && around.bottom > 0 && around.left < Double(size.width) && around.top < Double(size.height)
    }
}
