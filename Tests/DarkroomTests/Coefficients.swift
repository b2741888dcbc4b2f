import CTestJPEG
import Darkroom
import Domain
import Foundation

/// What a JPEG file says about its pixels, as libjpeg reads it: quantised coefficients, nothing decoded.
struct Coefficients {
    struct Component {
        let columns: Int
        let rows: Int
        /// Pixels that a block covers.
        let block: PixelSize
        let quantisation: [UInt16]
        /// 64 for each block.
        let values: [Int16]

        func block(_ column: Int, _ row: Int) -> ArraySlice<Int16> {
            values[(row * columns + column) * 64..<(row * columns + column + 1) * 64]
        }

        func area(_ column: Int, _ row: Int) -> PixelRectangle {
            PixelRectangle(x: column * block.width, y: row * block.height, width: block.width, height: block.height)
        }
    }

    let size: PixelSize
    let components: [Component]

    init(of file: Data) throws {
        var read = test_coefficients()
        let done = file.withUnsafeBytes {
            test_coefficients_read($0.bindMemory(to: UInt8.self).baseAddress, $0.count, &read)
        }
        defer { test_coefficients_free(&read) }
        guard done == 1 else { throw Failure(.internalError, "libjpeg does not read the file.") }
        size = PixelSize(width: Int(read.width), height: Int(read.height))
        let all = [read.component.0, read.component.1, read.component.2, read.component.3]
        components = all.prefix(Int(read.components)).map { part in
            Component(
                columns: Int(part.columns), rows: Int(part.rows),
                block: PixelSize(
                    width: 8 * Int(read.across / part.across), height: 8 * Int(read.down / part.down)),
                quantisation: withUnsafeBytes(of: part.quantisation) { Array($0.bindMemory(to: UInt16.self)) },
                values: Array(UnsafeBufferPointer(start: part.blocks, count: Int(part.columns * part.rows) * 64)))
        }
    }

    /// The smallest rectangle of whole MCUs around an area.
    func mcus(of area: PixelRectangle) -> PixelRectangle {
        let width = components.map(\.block.width).max() ?? 8, height = components.map(\.block.height).max() ?? 8
        let left = area.x / width * width, top = area.y / height * height
        return PixelRectangle(
            x: left, y: top, width: (area.right + width - 1) / width * width - left,
            height: (area.bottom + height - 1) / height * height - top)
    }

    /// Blocks by what became of them in another file of the same picture: those that no area touches and are not the
    /// same, and those that an area touches and are another now.
    func compared(with other: Coefficients, touched areas: [PixelRectangle]) -> (strayed: Int, replaced: Int) {
        var strayed = 0, replaced = 0
        for (mine, theirs) in zip(components, other.components) {
            for row in 0..<mine.rows {
                for column in 0..<mine.columns where mine.block(column, row) != theirs.block(column, row) {
                    let area = mine.area(column, row)
                    if areas.contains(where: { $0.overlaps(area) }) { replaced += 1 } else { strayed += 1 }
                }
            }
        }
        return (strayed, replaced)
    }

    /// Whether the other file has blocks of the same number, size and quantisation.
    func isAlike(_ other: Coefficients) -> Bool {
        size == other.size && components.count == other.components.count
            && zip(components, other.components).allSatisfy {
                $0.columns == $1.columns && $0.rows == $1.rows && $0.block == $1.block
                    && $0.quantisation == $1.quantisation
            }
    }
}

extension PixelRectangle {
    func overlaps(_ other: PixelRectangle) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }
}
