extension Polygon {
    /// With both coordinates multiplied: from fractions of a picture to its pixels, and back.
    package func scaled(x: Double, y: Double) -> Polygon {
        mapped { Point(x: $0.x * x, y: $0.y * y) }
    }

    package func moved(x: Double, y: Double) -> Polygon {
        mapped { Point(x: $0.x + x, y: $0.y + y) }
    }

    /// With each point put elsewhere.
    package func mapped(_ place: (Point) -> Point) -> Polygon {
        Polygon(trusted: points.map(place))
    }

    /// The part of it within a rectangle from (0, 0); nil when there is none (Sutherland and Hodgman's clipping).
    package func clipped(width: Double, height: Double) -> Polygon? {
        var points = points
        for side in [Side.left, .right(width), .top, .bottom(height)] { points = side.kept(of: points) }
        guard points.count >= 3 else { return nil }
        let part = Polygon(trusted: points), bounds = part.bounds
        return bounds.width > 0 && bounds.height > 0 ? part : nil
    }

    /// On a panorama, what hangs over the left or right edge comes in again at the other.
    package func wrapped(width: Double, height: Double) -> [Polygon] {
        [0, -width, width].compactMap { moved(x: $0, y: 0).clipped(width: width, height: height) }
    }

    /// One edge of the rectangle that is clipped to.
    private enum Side {
        case left, right(Double), top, bottom(Double)

        /// How far a point is within this edge; negative beyond it.
        private func depth(_ point: Point) -> Double {
            switch self {
            case .left: point.x
            case .right(let width): width - point.x
            case .top: point.y
            case .bottom(let height): height - point.y
            }
        }

        func kept(of points: [Point]) -> [Point] {
            guard var before = points.last else { return [] }
            var kept: [Point] = []
            for point in points {
                let (last, depth) = (depth(before), depth(point))
                if (last < 0) != (depth < 0) { kept.append(crossing(before, point, last / (last - depth))) }
                if depth >= 0 { kept.append(point) }
                before = point
            }
            return kept
        }

        private func crossing(_ from: Point, _ to: Point, _ share: Double) -> Point {
            let x = from.x + (to.x - from.x) * share, y = from.y + (to.y - from.y) * share
            // Exactly on the edge, whatever rounding made of it.
            switch self {
            case .left: return Point(x: 0, y: y)
            case .right(let width): return Point(x: width, y: y)
            case .top: return Point(x: x, y: 0)
            case .bottom(let height): return Point(x: x, y: height)
            }
        }
    }
}
