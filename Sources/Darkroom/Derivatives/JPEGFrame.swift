import Domain

/// How a JPEG's samples are coded: what its frame header says (ITU-T T.81, B.2.2).
package struct JPEGFrame: Hashable, Sendable {
    /// The marker's code: 0xC0 for baseline, 0xC2 for progressive …
    let marker: UInt8
    /// Bits a sample.
    let precision: Int
    let size: PixelSize
    /// Sampling factors of each component.
    let factors: [PixelSize]

    /// `header`: the segment's content behind its length. `nil` when it is too short for what it announces.
    init?(marker: UInt8, header: Slice<UnsafeRawBufferPointer>) {
        let bytes = Array(header)
        guard bytes.count >= 6, bytes.count >= 6 + 3 * Int(bytes[5]) else { return nil }
        self.marker = marker
        precision = Int(bytes[0])
        size = PixelSize(width: Int(bytes[3]) << 8 | Int(bytes[4]), height: Int(bytes[1]) << 8 | Int(bytes[2]))
        factors = (0..<Int(bytes[5])).map { part in
            PixelSize(width: Int(bytes[7 + 3 * part] >> 4), height: Int(bytes[7 + 3 * part] & 15))
        }
    }

    /// Browsers show Huffman coding only.
    var isArithmetic: Bool { marker >= 0xC9 }

    /// Throws a `Rejection` for what no camera writes and hardly a program reads.
    func check() throws(Rejection) {
        guard [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(marker) else {
            throw Rejection(.invalidFile, "The picture is a lossless or hierarchical JPEG, which is not taken.")
        }
        guard precision == 8 else {
            throw Rejection(.invalidFile, "The picture has \(precision) bits a sample; only 8 are taken.")
        }
    }

    /// Whether so many bytes of coded data can hold a picture of this size: Huffman coding takes a bit or more for each
    /// block of the first component. So a few bytes that announce a large picture cost no memory.
    func canBeCoded(in bytes: Int) -> Bool {
        let across = 8 * max(1, factors.map(\.width).max() ?? 1), down = 8 * max(1, factors.map(\.height).max() ?? 1)
        let blocks = (size.width / across) * (size.height / down) * (factors.first?.area ?? 1)
        return isArithmetic || bytes * 8 >= blocks
    }
}
