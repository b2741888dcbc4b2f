import Domain

/// Something a model takes for a face or a plate: a box in pixels of the displayed picture, or of a tile of it.
package struct Candidate: Hashable, Sendable {
    package var subject: Redaction.Subject
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double
    /// 0–1.
    package var score: Double

    package init(subject: Redaction.Subject, x: Double, y: Double, width: Double, height: Double, score: Double) {
        self.subject = subject
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.score = score
    }

    package var area: Double { width * height }
    package var middle: (x: Double, y: Double) { (x + width / 2, y + height / 2) }

    /// From a tile at `origin` of a level that is `scale` times as large as the picture.
    func placed(origin: (x: Int, y: Int), scale: Double) -> Candidate {
        var placed = self
        placed.x = (x + Double(origin.x)) / scale
        placed.y = (y + Double(origin.y)) / scale
        placed.width = width / scale
        placed.height = height / scale
        return placed
    }
}
