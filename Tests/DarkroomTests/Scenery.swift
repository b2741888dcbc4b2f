import CTurboJPEG
import Darkroom
import Domain
import Foundation
import TestSupport

/// Pictures drawn for the darkroom's tests, and where its models lie.
enum Scenery {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let dependencies = root.appending(path: ".deps")

    static func treatment() throws -> Treatment {
        try Treatment(
            models: dependencies.appending(path: "models"), tables: dependencies.appending(path: "tables"))
    }

    /// A JPEG (4:2:0) of pixels given by `colour` (red, green, blue), with position, time and orientation in its EXIF.
    static func jpeg(
        _ size: PixelSize, orientation: Int = 1, quality: Int = 92, colour: (Int, Int) -> (UInt8, UInt8, UInt8)
    ) throws -> Data {
        let buffer = try PixelBuffer(size: size)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let (red, green, blue) = colour(x, y), at = y * buffer.stride + x * 3
                buffer.samples[at] = blue
                buffer.samples[at + 1] = green
                buffer.samples[at + 2] = red
            }
        }
        return try JPEGAssembler(exif: exif(orientation: orientation)).assemble(
            encoded: buffer.encoded(quality: quality))
    }

    /// The APP1 payload of a picture with position and time.
    static func exif(orientation: Int) throws -> Data {
        var tagged = TestJPEG()
        tagged.orientation = orientation
        let file = tagged.data()
        let structure = try JPEGStructure(of: file, maximumPixels: .max)
        guard let segment = structure.applications.first(where: { $0.number == 1 }) else { return Data() }
        return file.subdata(in: segment.payload)
    }

    /// A street without anything on it: sky, houses in soft bands, a road with some grain.
    static func street(_ x: Int, _ y: Int, height: Int) -> (UInt8, UInt8, UInt8) {
        let grain = UInt8(truncatingIfNeeded: (x &* 7919 &+ y &* 104_729) >> 3) & 7
        if y < height / 3 { return (150, 180, 215) }
        if y < height / 2 { return (120 + UInt8(x / 97 % 3) * 20, 105, 95) }
        return (85 + grain, 85 + grain, 88 + grain)
    }

    /// The portrait as rows of red, green, blue.
    struct Portrait {
        let size: PixelSize
        private let bytes: [UInt8]

        init() throws {
            let file = try Data(contentsOf: dependencies.appending(path: "portrait/astronaut.ppm"))
            let header = Data("P6 512 512 255\n".utf8)
            guard file.starts(with: header), file.count == header.count + 512 * 512 * 3 else {
                throw Failure(.internalError, "The portrait is not what set-up makes.")
            }
            size = PixelSize(width: 512, height: 512)
            bytes = Array(file.dropFirst(header.count))
        }

        func colour(_ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8) {
            let at = (y * size.width + x) * 3
            return (bytes[at], bytes[at + 1], bytes[at + 2])
        }
    }
}

extension PlanarPicture {
    func luma(_ x: Int, _ y: Int) -> Int { Int(planes.samples.0?[y * Int(planes.stride.0) + x] ?? 0) }

    /// How many pixels of an area differ by more than `tolerance` in luma from another picture of the same size.
    func differences(
        from other: borrowing PlanarPicture, in area: PixelRectangle? = nil, outside: [PixelRectangle] = [],
        tolerance: Int = 0
    ) -> Int {
        let area = area ?? size.whole
        var count = 0
        for y in area.y..<area.bottom {
            for x in area.x..<area.right where abs(luma(x, y) - other.luma(x, y)) > tolerance {
                if !outside.contains(where: { $0.x <= x && x < $0.right && $0.y <= y && y < $0.bottom }) { count += 1 }
            }
        }
        return count
    }

    /// How many neighbours across differ by more than 3 levels: what a face or letters are made of.
    func edges(in area: PixelRectangle) -> Int {
        var count = 0
        for y in area.y..<area.bottom {
            for x in area.x..<(area.right - 1) where abs(luma(x, y) - luma(x + 1, y)) > 3 { count += 1 }
        }
        return count
    }
}
