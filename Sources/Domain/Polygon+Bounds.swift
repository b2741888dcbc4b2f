extension Polygon {
    /// A rectangle by its edges.
    package struct Bounds: Hashable, Sendable {
        package let left: Double
        package let top: Double
        package let right: Double
        package let bottom: Double

        package init(left: Double, top: Double, right: Double, bottom: Double) {
            self.left = left
            self.top = top
            self.right = right
            self.bottom = bottom
        }

        package var width: Double { right - left }
        package var height: Double { bottom - top }
    }

    /// The smallest rectangle around it.
    package var bounds: Bounds {
        let (xs, ys) = (points.map(\.x), points.map(\.y))
        return Bounds(
            left: xs.min() ?? 0, top: ys.min() ?? 0, right: xs.max() ?? 0, bottom: ys.max() ?? 0)
    }

    /// Whether the outline goes around a point (its winding number is not zero).
    package func contains(_ point: Point) -> Bool {
        var winding = 0
        for (from, to) in edges {
            let side = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
            if from.y <= point.y, to.y > point.y, side > 0 { winding += 1 }
            if from.y > point.y, to.y <= point.y, side < 0 { winding -= 1 }
        }
        return winding != 0
    }

    /// Whether any part of a rectangle lies within it, or an edge of it runs through the rectangle.
    package func touches(_ area: Bounds) -> Bool {
        if edges.contains(where: { Self.crosses($0.from, $0.to, area) }) { return true }
        // No edge comes in: the rectangle is inside or outside as a whole.
        return contains(Point(x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2))
    }

    /// Whether a line from one point to another has a part strictly inside a rectangle (Liang and Barsky's clipping).
    private static func crosses(_ from: Point, _ to: Point, _ area: Bounds) -> Bool {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        var (enters, leaves) = (0.0, 1.0)
        for (step, room) in [
            (-dx, from.x - area.left), (dx, area.right - from.x), (-dy, from.y - area.top), (dy, area.bottom - from.y),
        ] {
            if step == 0 {
                if room <= 0 { return false }
            } else if step < 0 {
                enters = max(enters, room / step)
            } else {
                leaves = min(leaves, room / step)
            }
        }
        return enters < leaves
    }
}
