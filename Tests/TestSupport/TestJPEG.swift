import Domain
import Foundation

/// A small, valid baseline JPEG (ITU-T T.81) with EXIF and GPS tags, made in memory so that tests need no file.
///
/// The picture is a mosaic of flat 8×8 blocks; two pictures with different `seed`s have different bytes and colours.
package struct TestJPEG: Sendable {
    /// Pixels, as stored.
    package var width = 320
    package var height = 240
    /// Pixels the header claims, when it should lie about `width` and `height`.
    package var announcedWidth: Int?
    package var announcedHeight: Int?
    /// Chooses the colours.
    package var seed: UInt64 = 0
    /// Colour (red, green, blue) of the 8×8 block at (column, row); overrides `seed`.
    package var colour: (@Sendable (_ column: Int, _ row: Int) -> (UInt8, UInt8, UInt8))?

    package var position: GeoPoint? = GeoPoint(longitude: 2.35, latitude: 48.85)
    /// Metres.
    package var altitude: Double?
    /// Degrees from true north.
    package var heading: Double?
    /// Moment of capture, written to the millisecond.
    package var capturedAt: Date? = Date(timeIntervalSince1970: 1_717_236_000)
    /// Minutes east of UTC of the camera's clock; written as `OffsetTimeOriginal`. `nil`: UTC clock, no offset tag.
    package var offsetMinutes: Int? = 0
    /// Whether the satellite time is written too (whole seconds and milliseconds).
    package var writesGPSTime = false
    package var make: String? = "Wayside"
    package var model: String? = "Test Camera"
    package var serialNumber: String?
    /// EXIF orientation, 1–8.
    package var orientation = 1
    /// Bytes of the maker note, in whatever form (EXIF 2.32, tag 0x927C).
    package var makerNote: [UInt8]?
    /// Bytes of the EXIF thumbnail; more than the block can take makes a file that no reader takes.
    package var thumbnail: [UInt8]?
    /// Text of an XMP packet.
    package var xmp: String?
    /// Replaces the whole EXIF block, for broken ones.
    package var exifBytes: [UInt8]?

    package init() {}

    /// One picture of a straight drive north: `index` steps of `spacing` metres, `interval` seconds apart.
    package static func drive(
        _ index: Int, spacing: Double = 10, interval: Double = 2,
        from start: GeoPoint = .init(longitude: 2.35, latitude: 48.85)
    ) -> TestJPEG {
        var jpeg = TestJPEG()
        jpeg.seed = UInt64(index + 1)
        let degrees = Double(index) * spacing / (GeoPoint.earthRadius * .pi / 180)
        jpeg.position = GeoPoint(longitude: start.longitude, latitude: start.latitude + degrees)
        jpeg.capturedAt = Date(timeIntervalSince1970: 1_717_236_000 + Double(index) * interval)
        return jpeg
    }

    /// The file.
    package func data() -> Data { Data(bytes()) }

    /// The file.
    package func bytes() -> [UInt8] {
        var out: [UInt8] = [0xFF, 0xD8]
        let exif = exifBytes ?? TestExif(self).bytes()
        if !exif.isEmpty { Self.segment(0xE1, Array("Exif\0\0".utf8) + exif, to: &out) }
        if let xmp { Self.segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(xmp.utf8), to: &out) }
        // One quantisation table of ones: the mosaic comes out exactly.
        Self.segment(0xDB, [0] + [UInt8](repeating: 1, count: 64), to: &out)
        appendFrameHeader(to: &out)
        for table in TestJPEGScan.tables { Self.segment(0xC4, table, to: &out) }
        Self.segment(0xDA, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0], to: &out)
        var scan = TestJPEGScan()
        for row in 0..<(height + 7) / 8 {
            for column in 0..<(width + 7) / 8 { scan.append(block(column, row)) }
        }
        return out + scan.finish() + [0xFF, 0xD9]
    }

    private func appendFrameHeader(to out: inout [UInt8]) {
        let (lines, columns) = (announcedHeight ?? height, announcedWidth ?? width)
        let size = [UInt8(lines >> 8 & 255), UInt8(lines & 255), UInt8(columns >> 8 & 255), UInt8(columns & 255)]
        Self.segment(0xC0, [8] + size + [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0], to: &out)
    }

    private func block(_ column: Int, _ row: Int) -> (UInt8, UInt8, UInt8) {
        if let colour { return colour(column, row) }
        // SplitMix64 of place and seed: neighbouring blocks differ, equal seeds give equal pictures.
        var z = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(row) << 32 &+ UInt64(column)
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return (UInt8(z & 127) + 64, UInt8(z >> 8 & 127) + 64, UInt8(z >> 16 & 127) + 64)
    }

    private static func segment(_ marker: UInt8, _ payload: [UInt8], to out: inout [UInt8]) {
        let length = payload.count + 2
        out += [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + payload
    }
}
