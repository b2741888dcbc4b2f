import CTestJPEG
import Darkroom
import Domain
import Foundation
import Testing

/// A picture that libjpeg codes in one of the ways cameras and programs know.
struct CodedPicture: Sendable, CustomTestStringConvertible {
    let name: String
    var size = PixelSize(width: 203, height: 149)
    /// 1 grey, 3 colour, 4 ink.
    var components = 3
    /// Pixels that share a chroma sample.
    var across = 1
    var down = 1
    var isProgressive = false
    var isArithmetic = false
    /// A scan for each component.
    var isSeparate = false
    /// MCUs between restart markers.
    var restart = 0
    var quality = 90

    var testDescription: String { name }

    static let all = [
        CodedPicture(name: "4:2:0", across: 2, down: 2), CodedPicture(name: "4:2:2", across: 2),
        CodedPicture(name: "4:4:4"), CodedPicture(name: "4:4:0", down: 2), CodedPicture(name: "4:1:1", across: 4),
        CodedPicture(name: "grey", components: 1),
        CodedPicture(name: "4:2:0 progressive", across: 2, down: 2, isProgressive: true),
        CodedPicture(name: "4:2:2 progressive", across: 2, isProgressive: true),
        CodedPicture(name: "4:4:4 progressive", isProgressive: true),
        CodedPicture(name: "4:2:0 with restart markers", across: 2, down: 2, restart: 1),
        CodedPicture(name: "4:2:2 with restart markers", across: 2, restart: 5),
        CodedPicture(name: "4:4:4 with restart markers", restart: 26),
        CodedPicture(
            name: "4:2:0 progressive with restart markers", across: 2, down: 2, isProgressive: true, restart: 3),
        CodedPicture(name: "4:2:0 in a scan a component", across: 2, down: 2, isSeparate: true),
        CodedPicture(name: "4:2:0 arithmetic", across: 2, down: 2, isArithmetic: true),
        CodedPicture(name: "4:2:0 of whole MCUs", size: PixelSize(width: 192, height: 144), across: 2, down: 2),
        CodedPicture(name: "4:2:0 of one pixel", size: PixelSize(width: 1, height: 1), across: 2, down: 2),
        CodedPicture(name: "4:2:0 as narrow as a hair", size: PixelSize(width: 3, height: 200), across: 2, down: 2),
        CodedPicture(name: "4:2:0 with coarse tables", across: 2, down: 2, quality: 12),
        CodedPicture(name: "4:2:0 with tables of ones", across: 2, down: 2, quality: 100),
    ]

    /// The file, with position, time and orientation; `colour` gives red, green and blue.
    func file(
        orientation: Int = 1, colour: (_ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8) = CodedPicture.texture
    ) throws -> Data {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(size.area * components)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let (red, green, blue) = colour(x, y)
                switch components {
                case 1: pixels.append(green)
                case 3: pixels += [red, green, blue]
                default: pixels += [255 - red, 255 - green, 255 - blue, 0]
                }
            }
        }
        return try JPEGAssembler(exif: Scenery.exif(orientation: orientation)).assemble(encoded: encoded(pixels))
    }

    /// Different in every block and every pixel: nothing that could be replaced unnoticed.
    static func texture(_ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8) {
        let grain = UInt8(truncatingIfNeeded: (x &* 7919 &+ y &* 104_729) >> 4) & 63
        return (UInt8((x * 3 + y) & 127) + grain, UInt8((x ^ y) & 127) + grain, UInt8((y * 5) & 127) + grain)
    }

    /// A file with a coefficient that no Huffman code is made for.
    func exaggerated() throws -> Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let plain = try file()
        let done = plain.withUnsafeBytes {
            test_jpeg_exaggerate($0.bindMemory(to: UInt8.self).baseAddress, $0.count, &bytes, &count)
        }
        guard done == 1, let bytes else { throw Failure(.internalError, "libjpeg does not write \(name).") }
        defer { free(bytes) }
        return try JPEGAssembler(exif: Scenery.exif(orientation: 1)).assemble(encoded: Data(bytes: bytes, count: count))
    }

    private func encoded(_ pixels: [UInt8]) throws -> Data {
        var coding = test_coding(
            width: Int32(size.width), height: Int32(size.height), components: Int32(components), across: Int32(across),
            down: Int32(down), progressive: isProgressive ? 1 : 0, arithmetic: isArithmetic ? 1 : 0,
            separate: isSeparate ? 1 : 0, restart: Int32(restart), quality: Int32(quality))
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard test_jpeg_encode(pixels, &coding, &bytes, &count) == 1, let bytes else {
            throw Failure(.internalError, "libjpeg does not encode \(name).")
        }
        defer { free(bytes) }
        return Data(bytes: bytes, count: count)
    }
}
