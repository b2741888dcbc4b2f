/// Cuts lines to a tile and a margin around it (Liang–Barsky).
struct LineClipper {
    /// Tile units around the tile, so that thick lines do not end at its edge.
    static let margin = 128.0

    private let low = -LineClipper.margin
    private let high = Double(TileLayer.extent) + LineClipper.margin

    /// The pieces of a line that lie inside, each of two different points or more.
    func clip(_ line: [(x: Double, y: Double)]) -> [[TileLayer.Point]] {
        var pieces: [[TileLayer.Point]] = []
        var piece: [TileLayer.Point] = []
        func finish() {
            if piece.count > 1 { pieces.append(piece) }
            piece = []
        }
        for (a, b) in zip(line, line.dropFirst()) {
            guard let (start, end) = clip(a, b) else {
                finish()
                continue
            }
            let first = Self.rounded(start)
            if piece.last != first {
                finish()
                piece = [first]
            }
            let second = Self.rounded(end)
            if second != first { piece.append(second) }
        }
        finish()
        return pieces
    }

    private static func rounded(_ point: (x: Double, y: Double)) -> TileLayer.Point {
        TileLayer.Point(x: Int32(point.x.rounded()), y: Int32(point.y.rounded()))
    }

    private func clip(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> (
        (x: Double, y: Double), (x: Double, y: Double)
    )? {
        let dx = b.x - a.x
        let dy = b.y - a.y
        var enter = 0.0
        var leave = 1.0
        for (change, distance) in [(-dx, a.x - low), (dx, high - a.x), (-dy, a.y - low), (dy, high - a.y)] {
            if change == 0 {
                if distance < 0 { return nil }
                continue
            }
            let share = distance / change
            if change < 0 { enter = max(enter, share) } else { leave = min(leave, share) }
            if enter > leave { return nil }
        }
        return ((a.x + enter * dx, a.y + enter * dy), (a.x + leave * dx, a.y + leave * dy))
    }
}
