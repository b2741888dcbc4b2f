import Crypto
import Domain
import Foundation
import NIOCore

/// What is shown where no picture is new enough: a camera with a line through it, on grey. It has no words, so that it needs
/// no language.
enum HotlinkPlaceholder {
    private static let copies = Dictionary(
        uniqueKeysWithValues: Hotlink.sizes.map { size in
            let bytes = FlatJPEG(width: size.width, height: size.height) { level($0, $1, of: size) }.bytes
            return (
                size,
                HotlinkShelf.Copy(
                    bytes: ByteBuffer(bytes: bytes), sha256: HexadecimalText.of(SHA256.hash(data: bytes)))
            )
        })

    static func copy(of size: Rendition) -> HotlinkShelf.Copy {
        copies[size] ?? HotlinkShelf.Copy(bytes: ByteBuffer(), sha256: "")
    }

    private static let (background, drawn): (UInt8, UInt8) = (72, 150)

    /// The brightness of one block; the drawing is as high as a third of the picture.
    private static func level(_ column: Int, _ row: Int, of size: Rendition) -> UInt8 {
        let unit = Double(min(size.width, size.height)) / 24
        let x = (Double(column) * 8 + 4 - Double(size.width) / 2) / unit
        let y = (Double(row) * 8 + 4 - Double(size.height) / 2) / unit
        // Through the whole of it, with a gap on either side so that it is seen.
        let across = abs(x - y * 1.4) / 1.72
        if abs(y) < 4.6, across < 0.35 { return drawn }
        if abs(y) < 4.6, across < 0.8 { return background }
        let isBody = abs(x) < 5 && abs(y) < 3
        let isFinder = abs(x) < 1.8 && y < -2.9 && y > -4
        let lens = (x * x + y * y).squareRoot()
        guard isBody || isFinder else { return background }
        return lens < 2.1 && lens > 1.4 ? background : drawn
    }
}
