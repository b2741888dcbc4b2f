import Domain
import Foundation

/// Which IANA time zone a place is in: polygons in a mapped file (`Docs/timezones-format.md`).
struct ZoneTable: Sendable {
    private let file: Data
    private let names: [String]
    private let columns: Int
    private let rows: Int
    private let grid: Section
    private let candidates: Section
    private let polygons: Section
    private let blocks: Section
    private let longEdges: Section
    private let deltas: Section

    /// Records of one size, somewhere in the file.
    private struct Section: Sendable {
        let offset: Int
        let size: Int
        let count: Int
    }

    private static let headerSize = 64
    private static let wholeCell: UInt32 = 0x8000_0000

    /// Maps the file. Fails with `.unavailable` when it is missing, and `.internalError` when it is no such table.
    init(path: String) throws {
        do {
            file = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw Failure(.unavailable, "The time zone table is missing: run the set-up.", underlying: error)
        }
        let damaged = Failure(.internalError, "The time zone table is damaged: run the set-up again.")
        guard file.count >= Self.headerSize, file.prefix(4).elementsEqual("WTZ1".utf8) else { throw damaged }
        let header = file.withUnsafeBytes { bytes in
            (0..<15).map { Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 + $0 * 4, as: UInt32.self))) }
        }
        let size = file.count
        func section(at offset: Int, of size: Int, count: Int, end: Int) throws -> Section {
            guard offset >= Self.headerSize, offset + size * count <= end else { throw damaged }
            return Section(offset: offset, size: size, count: count)
        }
        guard header[14] == size, header[5] > 0, header[6] > 0, header[9] <= header[10] else { throw damaged }
        (columns, rows) = (header[5], header[6])
        grid = try section(at: header[8], of: 4, count: columns * rows, end: size)
        candidates = try section(at: header[9], of: 4, count: (header[10] - header[9]) / 4, end: size)
        polygons = try section(at: header[10], of: 20, count: header[1], end: size)
        blocks = try section(at: header[11], of: 28, count: header[2], end: size)
        longEdges = try section(at: header[12], of: 16, count: header[3], end: size)
        deltas = try section(at: header[13], of: 4, count: header[4], end: size)
        guard header[7] >= Self.headerSize, header[7] <= header[8], header[8] <= size else { throw damaged }
        names = String(decoding: file[header[7]..<header[8]], as: UTF8.self)
            .split(whereSeparator: { $0 == "\n" || $0 == "\0" }).map(String.init)
        guard names.count == header[0] else { throw damaged }
    }

    /// The zone's IANA name: at sea the nautical zone of the longitude.
    func name(at point: GeoPoint) -> String {
        let x = Int64((point.longitude * 1e6).rounded())
        let y = Int64((point.latitude * 1e6).rounded())
        let found = file.withUnsafeBytes { bytes in
            Search(bytes: bytes, table: self, x: x, y: y).zone()
        }
        guard let found, found < names.count else { return Self.nauticalName(longitude: point.longitude) }
        return names[found]
    }

    /// Ship's clocks: whole hours by longitude. The sign of `Etc/GMT-3` is POSIX's: three hours ahead of UTC.
    static func nauticalName(longitude: Double) -> String {
        let hour = Int(((longitude + 7.5) / 15).rounded(.down))
        return hour == 0 ? "Etc/GMT" : hour > 0 ? "Etc/GMT-\(hour)" : "Etc/GMT+\(-hour)"
    }

    /// One look-up, in the mapped bytes. Every index is checked against its section before it is followed.
    private struct Search {
        let bytes: UnsafeRawBufferPointer
        let table: ZoneTable
        let x: Int64
        let y: Int64

        func zone() -> Int? {
            let column = min(table.columns - 1, max(0, Int(x + 180_000_000) / (360_000_000 / table.columns)))
            let row = min(table.rows - 1, max(0, Int(y + 90_000_000) / (180_000_000 / table.rows)))
            guard let cell = word(table.grid, row * table.columns + column, 0), cell != 0 else { return nil }
            if cell & ZoneTable.wholeCell != 0 { return Int(cell & ~ZoneTable.wholeCell) }
            guard let count = word(table.candidates, Int(cell), 0) else { return nil }
            for place in 0..<Int(count) {
                guard let polygon = word(table.candidates, Int(cell) + 1 + place, 0) else { return nil }
                if contains(polygon: Int(polygon)) { return word(table.polygons, Int(polygon), 0).map(Int.init) }
            }
            return nil
        }

        private func contains(polygon: Int) -> Bool {
            guard let firstBlock = word(table.polygons, polygon, 4), let blockCount = word(table.polygons, polygon, 8),
                let firstEdge = word(table.polygons, polygon, 12), let edgeCount = word(table.polygons, polygon, 16)
            else { return false }
            var inside = false
            for block in Int(firstBlock)..<(Int(firstBlock) + Int(blockCount)) where crossesOddly(block: block) {
                inside.toggle()
            }
            for edge in Int(firstEdge)..<(Int(firstEdge) + Int(edgeCount)) {
                guard let x1 = number(table.longEdges, edge, 0), let y1 = number(table.longEdges, edge, 4),
                    let x2 = number(table.longEdges, edge, 8), let y2 = number(table.longEdges, edge, 12)
                else { return false }
                if crosses(x1, y1, x2, y2) { inside.toggle() }
            }
            return inside
        }

        /// Whether a ray to the east crosses an odd number of the block's edges.
        private func crossesOddly(block: Int) -> Bool {
            guard let minY = number(table.blocks, block, 8), let maxY = number(table.blocks, block, 12),
                let maxX = number(table.blocks, block, 16), y >= minY, y <= maxY, x <= maxX,
                var fromX = number(table.blocks, block, 0), var fromY = number(table.blocks, block, 4),
                let first = word(table.blocks, block, 20), let count = word(table.blocks, block, 24),
                Int(first) + Int(count) <= table.deltas.count
            else { return false }
            var odd = false
            var offset = table.deltas.offset + Int(first) * 4
            for _ in 0..<count {
                let toX = fromX + delta(at: offset)
                let toY = fromY + delta(at: offset + 2)
                if crosses(fromX, fromY, toX, toY) { odd.toggle() }
                (fromX, fromY) = (toX, toY)
                offset += 4
            }
            return odd
        }

        private func delta(at offset: Int) -> Int64 {
            Int64(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self)))
        }

        private func crosses(_ x1: Int64, _ y1: Int64, _ x2: Int64, _ y2: Int64) -> Bool {
            guard (y1 > y) != (y2 > y) else { return false }
            let cross = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            return y2 > y1 ? cross > 0 : cross < 0
        }

        private func word(_ section: Section, _ index: Int, _ offset: Int) -> UInt32? {
            guard index >= 0, index < section.count else { return nil }
            return UInt32(
                littleEndian: bytes.loadUnaligned(
                    fromByteOffset: section.offset + index * section.size + offset, as: UInt32.self))
        }

        private func number(_ section: Section, _ index: Int, _ offset: Int) -> Int64? {
            word(section, index, offset).map { Int64(Int32(bitPattern: $0)) }
        }
    }
}
