/// A fraction as EXIF stores it; the denominator may be zero.
struct ExifRational: Equatable, Sendable {
    let numerator: Int64
    let denominator: Int64

    /// `nil` for a zero denominator, which writers use for "unknown" (and for infinity).
    var value: Double? { denominator == 0 ? nil : Double(numerator) / Double(denominator) }
}
