import Domain

/// How a JPEG's samples are coded: what its frame header says (ITU-T T.81, B.2.2).
package struct JPEGFrame: Hashable, Sendable {
    /// The marker's code: 0xC0 for baseline, 0xC2 for progressive …
    let marker: UInt8
    /// Bits a sample.
    let precision: Int

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
}
