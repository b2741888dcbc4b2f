/// One region of a picture that is hidden, in pixels of the picture as displayed.
package struct Redaction: Hashable, Sendable, Codable {
    package enum Subject: String, Codable, Sendable {
        case face, plate, mask
        /// Drawn by a person on this one picture.
        case region
        /// A class of one of the operator's own models.
        case object
    }

    package let subject: Subject
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int
    /// 0–1, what the model was sure of; 1 for a mask or a region.
    package let score: Double
    /// Name of the model, or `mask` or `person`.
    package let model: String
    /// Its outline, where it is no rectangle; within the rectangle, which is the smallest around it.
    package let polygon: Polygon?

    package init(
        subject: Subject, x: Int, y: Int, width: Int, height: Int, score: Double, model: String,
        polygon: Polygon? = nil
    ) {
        self.subject = subject
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.score = score
        self.model = model
        self.polygon = polygon
    }

    /// What an outline (in pixels of the displayed picture) hides.
    package init(subject: Subject, polygon: Polygon, score: Double = 1, model: String) {
        let bounds = polygon.bounds
        let left = Int(bounds.left.rounded(.down)), top = Int(bounds.top.rounded(.down))
        self.init(
            subject: subject, x: left, y: top, width: Int(bounds.right.rounded(.up)) - left,
            height: Int(bounds.bottom.rounded(.up)) - top, score: score, model: model, polygon: polygon)
    }
}
