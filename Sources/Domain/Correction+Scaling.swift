extension Correction {
    /// The same correction of the same scene on a picture of another size. Sizes are in pixels as displayed.
    package func scaled(from old: (width: Int, height: Int), to new: (width: Int, height: Int)) -> Correction {
        guard old != new, old.width > 0, old.height > 0 else { return self }
        let across = Double(new.width) / Double(old.width), down = Double(new.height) / Double(old.height)
        let change: Change
        switch self.change {
        case .region(let polygon): change = .region(polygon.scaled(across, down))
        case .wrong(let finding): change = .wrong(finding.scaled(across, down))
        }
        return Correction(
            id: id, pictureID: pictureID, change: change, accountID: accountID, createdAt: createdAt,
            appliedRevision: appliedRevision)
    }
}

extension Polygon {
    fileprivate func scaled(_ across: Double, _ down: Double) -> Polygon {
        Polygon(trusted: points.map { Point(x: $0.x * across, y: $0.y * down) })
    }
}

extension Redaction {
    /// Widened to whole pixels.
    fileprivate func scaled(_ across: Double, _ down: Double) -> Redaction {
        let left = (Double(x) * across).rounded(.down), top = (Double(y) * down).rounded(.down)
        let right = ((Double(x) + Double(width)) * across).rounded(.up)
        let bottom = ((Double(y) + Double(height)) * down).rounded(.up)
        return Redaction(
            subject: subject, x: Int(left), y: Int(top), width: Int(right - left), height: Int(bottom - top),
            score: score, model: model, polygon: polygon?.scaled(across, down))
    }
}
