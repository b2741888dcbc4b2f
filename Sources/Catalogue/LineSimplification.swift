import Domain

/// Which points of a line are needed at which map zoom (Ramer–Douglas–Peucker, with all tolerances at once).
enum LineSimplification {
    /// A point with the first zoom at which leaving it out would show.
    struct Vertex: Hashable {
        let point: MapPoint
        let zoom: UInt8
    }

    /// The finest zoom that tiles are drawn at.
    static let finest = 15
    /// How far off a drawn line may be: a quarter of a screen pixel of a tile of zoom 0 (512 pixels), in cells.
    private static let tolerance = Double(1 << (Morton.zoom - 9 - 2))

    /// The points that any zoom needs, in their order; both ends always are.
    static func vertices(_ line: [MapPoint]) -> [Vertex] {
        guard line.count > 2 else { return line.map { Vertex(point: $0, zoom: 0) } }
        var zooms = [UInt8](repeating: UInt8.max, count: line.count)
        zooms[0] = 0
        zooms[line.count - 1] = 0
        // A part of the line, and the zoom at which both its ends are there: within it nothing shows earlier.
        var parts: [(first: Int, last: Int, zoom: UInt8)] = [(0, line.count - 1, 0)]
        while let part = parts.popLast() {
            guard part.last - part.first > 1 else { continue }
            let (index, distance) = farthest(line, part.first, part.last)
            let zoom = max(part.zoom, Self.zoom(of: distance))
            guard zoom <= finest else { continue }
            zooms[index] = zoom
            parts.append((part.first, index, zoom))
            parts.append((index, part.last, zoom))
        }
        return zip(line, zooms).compactMap { $1 <= finest ? Vertex(point: $0, zoom: $1) : nil }
    }

    /// The first zoom at which so many cells are more than the tolerance.
    private static func zoom(of distance: Double) -> UInt8 {
        var allowed = tolerance
        for zoom in 0...finest {
            if distance > allowed { return UInt8(zoom) }
            allowed /= 2
        }
        return UInt8.max
    }

    /// The point between two that lies farthest from the straight line from one to the other, and how far, in cells.
    private static func farthest(_ line: [MapPoint], _ first: Int, _ last: Int) -> (index: Int, distance: Double) {
        let (ax, ay) = (Double(line[first].x), Double(line[first].y))
        let (dx, dy) = (Double(line[last].x) - ax, Double(line[last].y) - ay)
        let length = dx * dx + dy * dy
        var (found, most) = (first + 1, -1.0)
        for index in (first + 1)..<last {
            let (px, py) = (Double(line[index].x) - ax, Double(line[index].y) - ay)
            // Beyond an end the end is what counts: a drive there and back is not the way between its ends.
            let share = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
            let (ex, ey) = (px - share * dx, py - share * dy)
            let square = ex * ex + ey * ey
            if square > most { (found, most) = (index, square) }
        }
        return (found, most.squareRoot())
    }
}
