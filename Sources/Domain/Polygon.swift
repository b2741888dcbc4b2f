/// A closed outline with straight edges. `x` grows to the right, `y` downwards.
///
/// The unit is that of whoever uses it: pixels of a picture as displayed, or fractions (0–1) of its width and height.
/// Where an outline crosses itself, everything that it goes around counts as inside: rather too much than too little.
package struct Polygon: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        package let x: Double
        package let y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// How many points somebody may draw.
    package static let allowedPoints = 3...64

    package let points: [Point]

    /// Checks what came from outside; throws `.unprocessable` with the rule that is broken.
    package init(_ points: [Point]) throws {
        guard Self.allowedPoints.contains(points.count) else {
            throw Failure(.unprocessable, "An outline has 3 to 64 points; this one has \(points.count).")
        }
        guard points.allSatisfy({ $0.x.isFinite && $0.y.isFinite && abs($0.x) < 1e6 && abs($0.y) < 1e6 }) else {
            throw Failure(.unprocessable, "Each point of an outline has two numbers, x and y.")
        }
        self.init(trusted: points)
        guard enclosesSomething else {
            throw Failure(.unprocessable, "The outline encloses nothing: its points lie on one line.")
        }
    }

    /// Points that this program made of an outline that was checked.
    init(trusted points: [Point]) { self.points = points }

    /// A rectangle; not checked.
    package init(x: Double, y: Double, width: Double, height: Double) {
        self.init(trusted: [
            Point(x: x, y: y), Point(x: x + width, y: y), Point(x: x + width, y: y + height),
            Point(x: x, y: y + height),
        ])
    }

    /// Each pair of neighbouring points, the last with the first.
    var edges: [(from: Point, to: Point)] {
        points.indices.map { (points[$0], points[($0 + 1) % points.count]) }
    }

    private var enclosesSomething: Bool {
        guard let first = points.first, let other = points.first(where: { $0 != first }) else { return false }
        return points.contains { point in
            (other.x - first.x) * (point.y - first.y) != (other.y - first.y) * (point.x - first.x)
        }
    }
}
