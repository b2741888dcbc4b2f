import Domain

/// The blocks of a stored picture that a region touches: what is hidden of it, and what of the file is written anew.
package struct BlockMask: Hashable, Sendable {
    /// The smallest rectangle around all of it.
    package let bounds: PixelRectangle
    /// Rectangles that do not overlap, from top to bottom and from left to right.
    package let areas: [PixelRectangle]

    /// A rectangle as it is.
    package init(_ area: PixelRectangle) {
        bounds = area
        areas = [area]
    }

    /// An outline in pixels of the stored picture, widened to whole blocks; empty when none of it is in the picture.
    ///
    /// - Parameter block: size of the picture's MCU, so that no coefficient of a block that is not touched changes.
    package init(_ polygon: Polygon, in size: PixelSize, block: PixelSize) {
        guard let part = polygon.clipped(width: Double(size.width), height: Double(size.height)) else {
            bounds = Self.nothing
            areas = []
            return
        }
        let around = part.bounds
        let columns = Int(around.left) / block.width...max(0, Int(around.right.rounded(.up)) - 1) / block.width
        let rows = Int(around.top) / block.height...max(0, Int(around.bottom.rounded(.up)) - 1) / block.height
        let areas = rows.flatMap { row in
            Self.runs(columns.filter { part.touches(Self.edges($0, row, block)) }).map { run in
                PixelRectangle(
                    x: run.lowerBound * block.width, y: row * block.height, width: run.count * block.width,
                    height: block.height
                ).clipped(to: size)
            }
        }
        self.areas = areas
        bounds = areas.reduce(areas.first ?? Self.nothing) { $0.joined(with: $1) }
    }

    private static let nothing = PixelRectangle(x: 0, y: 0, width: 0, height: 0)

    private static func edges(_ column: Int, _ row: Int, _ block: PixelSize) -> Polygon.Bounds {
        Polygon.Bounds(
            left: Double(column * block.width), top: Double(row * block.height),
            right: Double((column + 1) * block.width), bottom: Double((row + 1) * block.height))
    }

    /// Numbers in order as ranges without gaps.
    private static func runs(_ numbers: [Int]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound == number {
                runs[runs.count - 1] = last.lowerBound..<number + 1
            } else {
                runs.append(number..<number + 1)
            }
        }
        return runs
    }
}
