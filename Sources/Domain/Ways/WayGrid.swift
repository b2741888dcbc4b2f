import Foundation

/// The cells of Web Mercator at zoom 16 that pieces of ways are found by: 600 m at the equator, 100 m at 80° north.
package enum WayGrid {
    package static let zoom = 16
    /// Metres; what is farther away than the next cell is not looked for.
    package static let farthest = 100.0
    /// Cells; a longer straight line is no street.
    private static let longest = 500.0

    /// The cell of a place and the eight around it.
    package static func cells(around place: GeoPoint) -> [Int64] {
        let (column, row) = cell(place)
        return rows(column - 1...column + 1, row - 1...row + 1)
    }

    /// The way in pieces of a cell's size at most, each with the cells that it may touch.
    package static func pieces(of way: Way) -> [(piece: WayPiece, cells: [Int64])] {
        var pieces: [(piece: WayPiece, cells: [Int64])] = []
        for (start, end) in zip(way.line, way.line.dropFirst()) where start != end {
            let (a, b) = (fraction(start), fraction(end))
            let span = max(abs(b.x - a.x), abs(b.y - a.y))
            guard span <= longest else { continue }
            let count = max(1, Int(span.rounded(.up)))
            var from = start
            for index in 1...count {
                let to = index == count ? end : point(from: start, to: end, at: Double(index) / Double(count))
                let (first, last) = (cell(from), cell(to))
                let cells = rows(
                    min(first.column, last.column)...max(first.column, last.column),
                    min(first.row, last.row)...max(first.row, last.row))
                pieces.append((WayPiece(way: way.id, from: from, to: to), cells))
                from = to
            }
        }
        return pieces
    }

    private static func point(from start: GeoPoint, to end: GeoPoint, at share: Double) -> GeoPoint {
        GeoPoint(
            longitude: start.longitude + share * (end.longitude - start.longitude),
            latitude: start.latitude + share * (end.latitude - start.latitude))
    }

    private static func cell(_ place: GeoPoint) -> (column: Int, row: Int) {
        let (x, y) = Morton.cell(place)
        let shift = Morton.zoom - zoom
        return (Int(x >> shift), Int(y >> shift))
    }

    /// Column and row with their fractions.
    private static func fraction(_ place: GeoPoint) -> (x: Double, y: Double) {
        let (x, y) = Morton.cell(place)
        let scale = Double(1 << (Morton.zoom - zoom))
        return (Double(x) / scale, Double(y) / scale)
    }

    private static func rows(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>) -> [Int64] {
        let limit = 1 << zoom
        return rows.filter { (0..<limit).contains($0) }.flatMap { row in
            columns.map { Morton.code(x: UInt32(($0 + limit) % limit), y: UInt32(row)) }
        }
    }
}
