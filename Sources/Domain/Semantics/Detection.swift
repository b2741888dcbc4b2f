/// A finding of a model: what, how sure, where.
package struct Detection: Hashable, Sendable, Codable {
    /// A word of the model's: `face`, `plate`, `stop sign`.
    package let className: String
    /// 0–1.
    package let score: Double
    /// Pixels of the picture as displayed, within it. On a panorama `x + width` may reach beyond the right edge.
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    package init(className: String, score: Double, x: Int, y: Int, width: Int, height: Int) {
        self.className = className
        self.score = score
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    private enum CodingKeys: String, CodingKey {
        case className = "class"
        case score, x, y, width, height
    }

    /// Its box as an outline.
    package var shape: Polygon {
        Polygon(x: Double(x), y: Double(y), width: Double(width), height: Double(height))
    }
}
