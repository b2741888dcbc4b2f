/// A rectangle in pixels of a displayed picture.
package struct Area: Hashable, Sendable {
    package let x: Double
    package let y: Double
    package let width: Double
    package let height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var right: Double { x + width }
    package var bottom: Double { y + height }

    package func holdsMiddle(of other: Area) -> Bool {
        let middle = (x: other.x + other.width / 2, y: other.y + other.height / 2)
        return middle.x >= x && middle.x <= right && middle.y >= y && middle.y <= bottom
    }

    /// The part of it, 0–1, that others cover together; what two of them cover counts once.
    package func share(coveredBy others: [Area]) -> Double {
        let inside = others.compactMap(clipped)
        let columns = Set(inside.flatMap { [$0.x, $0.right] }).sorted()
        var covered = 0.0
        for (left, right) in zip(columns, columns.dropFirst()) {
            let spans = inside.filter { $0.x <= left && $0.right >= right }.sorted { $0.y < $1.y }
            var reached = y
            for span in spans where span.bottom > reached {
                covered += (right - left) * (span.bottom - max(reached, span.y))
                reached = span.bottom
            }
        }
        return covered / (width * height)
    }

    private func clipped(_ other: Area) -> Area? {
        let left = max(x, other.x), top = max(y, other.y)
        let width = min(right, other.right) - left, height = min(bottom, other.bottom) - top
        guard width > 0, height > 0 else { return nil }
        return Area(x: left, y: top, width: width, height: height)
    }
}
