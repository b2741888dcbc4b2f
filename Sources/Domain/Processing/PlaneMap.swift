/// A map between two flat frames that keeps straight lines and parallels: x' = a·x + b·y + e, y' = c·x + d·y + f.
/// Coordinates are of edges: the first pixel reaches from 0 to 1.
package struct PlaneMap: Hashable, Sendable {
    package let a: Double, b: Double, c: Double, d: Double, e: Double, f: Double

    package init(a: Double = 1, b: Double = 0, c: Double = 0, d: Double = 1, e: Double = 0, f: Double = 0) {
        (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
    }

    package static func scale(x: Double, y: Double) -> PlaneMap { PlaneMap(a: x, d: y) }
    package static func move(x: Double, y: Double) -> PlaneMap { PlaneMap(e: x, f: y) }

    package func callAsFunction(_ point: Polygon.Point) -> Polygon.Point {
        Polygon.Point(x: a * point.x + b * point.y + e, y: c * point.x + d * point.y + f)
    }

    /// First this one, then the other.
    package func then(_ next: PlaneMap) -> PlaneMap {
        PlaneMap(
            a: next.a * a + next.b * c, b: next.a * b + next.b * d, c: next.c * a + next.d * c,
            d: next.c * b + next.d * d, e: next.a * e + next.b * f + next.e, f: next.c * e + next.d * f + next.f)
    }

    /// The way back; nothing of ours maps a plane to a line.
    package var inverse: PlaneMap {
        let determinant = a * d - b * c
        return PlaneMap(
            a: d / determinant, b: -b / determinant, c: -c / determinant, d: a / determinant,
            e: (b * f - d * e) / determinant, f: (c * e - a * f) / determinant)
    }

    /// An outline's image.
    package func callAsFunction(_ outline: Polygon) -> Polygon { outline.mapped { self($0) } }
}
