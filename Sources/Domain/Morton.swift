import Foundation

/// The Z-order (Morton) code of a Web Mercator cell at zoom 31: the one integer that space is indexed by.
/// A map tile at zoom `z` is exactly one range of codes.
package enum Morton {
    package static let zoom = 31
    /// Latitude where Web Mercator ends (EPSG:3857).
    package static let maximumLatitude = 85.051_128_779_806_6

    /// The code of a point: 62 bits, never negative.
    package static func code(_ point: GeoPoint) -> Int64 {
        let (x, y) = cell(point)
        return code(x: x, y: y)
    }

    /// The code of a cell.
    package static func code(x: UInt32, y: UInt32) -> Int64 {
        Int64(bitPattern: spread(UInt64(x)) | (spread(UInt64(y)) << 1))
    }

    /// Column and row of the point's cell at zoom 31.
    package static func cell(_ point: GeoPoint) -> (x: UInt32, y: UInt32) {
        let scale = Double(1 << zoom)
        let latitude = min(max(point.latitude, -maximumLatitude), maximumLatitude) * .pi / 180
        let x = (point.longitude + 180) / 360 * scale
        let y = (1 - asinh(tan(latitude)) / .pi) / 2 * scale
        let limit = scale - 1
        return (UInt32(min(max(x, 0), limit)), UInt32(min(max(y, 0), limit)))
    }

    /// The half-open range of codes inside tile `z/x/y`.
    package static func range(z: Int, x: Int, y: Int) -> Range<Int64> {
        let shift = UInt64(2 * (zoom - z))
        let prefix = spread(UInt64(x)) | (spread(UInt64(y)) << 1)
        return Int64(prefix << shift)..<Int64((prefix + 1) << shift)
    }

    /// At most `limit` ranges for each part of `box` that together cover it, none of them twice (they may hold a little
    /// more: re-check each row).
    package static func ranges(covering box: BoundingBox, limit: Int = 8) -> [Range<Int64>] {
        // The two parts of a box across the antimeridian may share tiles, or lie one in a larger one of the other.
        merged(box.parts.flatMap { cover($0, limit: limit) })
    }

    private static func cover(_ box: BoundingBox, limit: Int) -> [Range<Int64>] {
        let (left, top) = cell(GeoPoint(longitude: box.west, latitude: box.north))
        let (right, bottom) = cell(GeoPoint(longitude: box.east, latitude: box.south))
        var z = zoom
        // The finest zoom at which few enough tiles cover the box.
        while z > 0 {
            let shift = UInt32(zoom - z)
            let columns = UInt64(right >> shift) - UInt64(left >> shift) + 1
            let rows = UInt64(bottom >> shift) - UInt64(top >> shift) + 1
            if columns * rows <= UInt64(limit) { break }
            z -= 1
        }
        let shift = UInt32(zoom - z)
        var ranges: [Range<Int64>] = []
        for y in (top >> shift)...(bottom >> shift) {
            for x in (left >> shift)...(right >> shift) {
                ranges.append(range(z: z, x: Int(x), y: Int(y)))
            }
        }
        return ranges
    }

    private static func merged(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
        var result: [Range<Int64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, last.upperBound >= range.lowerBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// Puts a zero bit between every two bits of a 32-bit number.
    private static func spread(_ value: UInt64) -> UInt64 {
        var v = value & 0xFFFF_FFFF
        v = (v | (v << 16)) & 0x0000_FFFF_0000_FFFF
        v = (v | (v << 8)) & 0x00FF_00FF_00FF_00FF
        v = (v | (v << 4)) & 0x0F0F_0F0F_0F0F_0F0F
        v = (v | (v << 2)) & 0x3333_3333_3333_3333
        v = (v | (v << 1)) & 0x5555_5555_5555_5555
        return v
    }

    /// Every second bit, put together: the reverse of putting zeros between.
    package static func gathered(_ value: UInt64) -> UInt64 {
        var v = value & 0x5555_5555_5555_5555
        v = (v | (v >> 1)) & 0x3333_3333_3333_3333
        v = (v | (v >> 2)) & 0x0F0F_0F0F_0F0F_0F0F
        v = (v | (v >> 4)) & 0x00FF_00FF_00FF_00FF
        v = (v | (v >> 8)) & 0x0000_FFFF_0000_FFFF
        v = (v | (v >> 16)) & 0x0000_0000_FFFF_FFFF
        return v
    }
}
