/// The field types of TIFF 6.0, section 2.
enum ExifFormat: UInt16, Sendable {
    case byte = 1, ascii, short, long, rational, signedByte, undefined, signedShort, signedLong, signedRational, float,
        double

    /// Bytes one value takes.
    var size: Int {
        switch self {
        case .byte, .ascii, .signedByte, .undefined: 1
        case .short, .signedShort: 2
        case .long, .signedLong, .float: 4
        case .rational, .signedRational, .double: 8
        }
    }
}
