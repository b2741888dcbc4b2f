/// One region of a picture that is hidden, in pixels of the picture as displayed.
package struct Redaction: Hashable, Sendable, Codable {
    package enum Subject: String, Codable, Sendable {
        case face, plate, mask
    }

    package let subject: Subject
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int
    /// 0–1, what the model was sure of; 1 for a mask.
    package let score: Double
    /// Name of the model, or `mask`.
    package let model: String

    package init(subject: Subject, x: Int, y: Int, width: Int, height: Int, score: Double, model: String) {
        self.subject = subject
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.score = score
        self.model = model
    }
}
