/// From a box as a model gives it to whole pixels within the picture.
struct DetectionBox {
    let size: PixelSize
    let wraps: Bool

    /// The box, cut at the picture's edges; across a panorama's edge it becomes two. None when nothing is left.
    func parts(x: Double, y: Double, width: Double, height: Double) -> [PixelRectangle] {
        let left = Self.bounded(x).rounded(.down), top = Self.bounded(y).rounded(.down)
        let box = PixelRectangle(
            x: Int(left), y: Int(top), width: Int(Self.bounded(x + width).rounded(.up) - left),
            height: Int(Self.bounded(y + height).rounded(.up) - top))
        let offsets = wraps ? [0, -size.width, size.width] : [0]
        return offsets.map { offset in
            PixelRectangle(x: box.x + offset, y: box.y, width: box.width, height: box.height).clipped(to: size)
        }.filter { !$0.isEmpty }
    }

    /// No model's number may overflow ours.
    private static func bounded(_ value: Double) -> Double { min(max(value, -1e6), 1e6) }
}
