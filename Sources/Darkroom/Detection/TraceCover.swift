/// Squares of a few sizes that cover the cells of a grid in which something was traced, with as few pixels as a quick choice
/// allows. What lies in a covered cell lies at least a rim away from its square's edge.
package struct TraceCover: Sendable {
    /// Pixels of the picture.
    package static let cell = 64
    package static let rim = 32
    /// Sides of the squares in cells, and in pixels with the rim on both sides. Multiples of 32, as the networks need.
    private static let spans = [6, 3, 1]
    static let longestSide = 6 * cell + 2 * rim

    package struct Square: Hashable, Sendable {
        package let x: Int
        package let y: Int
        package let side: Int
    }

    private let columns: Int
    private let rows: Int
    private var marked: [Bool]

    /// `area`: the pixels of the picture that traces lie in; others are left out.
    package init(of traces: [Candidate], in area: PixelSize) {
        columns = area.width / Self.cell + 1
        rows = area.height / Self.cell + 1
        marked = [Bool](repeating: false, count: columns * rows)
        let limits = (width: Double(area.width), height: Double(area.height))
        for trace in traces {
            let (x, y) = trace.middle
            guard x >= 0, y >= 0, x < limits.width, y < limits.height else { continue }
            marked[Int(y) / Self.cell * columns + Int(x) / Self.cell] = true
        }
    }

    /// From the top, the square that covers the most new cells for its pixels, until all are covered. Squares begin within
    /// the area; they may end beyond it.
    package func squares() -> [Square] {
        var left = self
        var squares: [Square] = []
        while let first = left.marked.firstIndex(of: true) {
            let (row, column, span) = left.best(row: first / columns, column: first % columns)
            left.clear(row: row, column: column, span: span)
            squares.append(
                Square(
                    x: max(0, column * Self.cell - Self.rim), y: max(0, row * Self.cell - Self.rim),
                    side: span * Self.cell + 2 * Self.rim))
        }
        return squares
    }

    private func best(row: Int, column: Int) -> (row: Int, column: Int, span: Int) {
        var best = (row: row, column: column, span: 1)
        var bestWorth = 0.0
        for span in Self.spans {
            let side = Double(span * Self.cell + 2 * Self.rim)
            for start in max(0, column - span + 1)...column {
                let worth = Double(count(row: row, column: start, span: span)) / (side * side)
                if worth > bestWorth { (best, bestWorth) = ((row, start, span), worth) }
            }
        }
        return best
    }

    private func cells(row: Int, column: Int, span: Int) -> [Int] {
        (row..<min(rows, row + span)).flatMap { y in
            (column..<min(columns, column + span)).map { y * columns + $0 }
        }
    }

    private func count(row: Int, column: Int, span: Int) -> Int {
        cells(row: row, column: column, span: span).count { marked[$0] }
    }

    private mutating func clear(row: Int, column: Int, span: Int) {
        for cell in cells(row: row, column: column, span: span) { marked[cell] = false }
    }
}
