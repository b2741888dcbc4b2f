/// What a model's numbers say: a box in pixels, of its input or of the picture.
package struct ModelBox: Hashable, Sendable {
    /// Place of the class in the manifest's list.
    package let classIndex: Int
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double
    /// 0–1.
    package let score: Double

    package init(classIndex: Int, x: Double, y: Double, width: Double, height: Double, score: Double) {
        self.classIndex = classIndex
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.score = score
    }

    /// From the middle and the size; nil when a number is none, or nothing is left.
    init?(classIndex: Int, middle: (x: Double, y: Double), width: Double, height: Double, score: Double) {
        guard middle.x.isFinite, middle.y.isFinite, width.isFinite, height.isFinite, width > 0, height > 0,
            max(abs(middle.x), abs(middle.y), width, height) < 1e6
        else { return nil }
        self.init(
            classIndex: classIndex, x: middle.x - width / 2, y: middle.y - height / 2, width: width, height: height,
            score: min(1, score))
    }

    var area: Double { width * height }
    var right: Double { x + width }
    var bottom: Double { y + height }
}
