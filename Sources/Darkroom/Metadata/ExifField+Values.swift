extension ExifField {
    /// The whole number at `index`, for the integer types.
    func integer(at index: Int = 0) -> Int? {
        guard let bits = bits(index, size: format.size) else { return nil }
        switch format {
        case .byte, .undefined, .short, .long: return Int(bits)
        case .signedByte: return Int(Int8(truncatingIfNeeded: bits))
        case .signedShort: return Int(Int16(truncatingIfNeeded: bits))
        case .signedLong: return Int(Int32(truncatingIfNeeded: bits))
        case .ascii: return text.flatMap { Int($0) }
        case .rational, .signedRational, .float, .double: return nil
        }
    }

    /// The fraction at `index`, for the two rational types.
    func rational(at index: Int = 0) -> ExifRational? {
        guard format == .rational || format == .signedRational,
            let upper = bits(index, size: 4), let lower = bits(index, size: 4, offset: 4)
        else { return nil }
        guard format == .signedRational else {
            return ExifRational(numerator: Int64(upper), denominator: Int64(lower))
        }
        return ExifRational(
            numerator: Int64(Int32(truncatingIfNeeded: upper)), denominator: Int64(Int32(truncatingIfNeeded: lower)))
    }

    /// The finite number at `index`, whatever the type; text counts when it reads as a number or a fraction.
    func number(at index: Int = 0) -> Double? {
        let value: Double?
        switch format {
        case .rational, .signedRational: value = rational(at: index)?.value
        case .float: value = bits(index, size: 4).map { Double(Float(bitPattern: UInt32($0))) }
        case .double: value = bits(index, size: 8).map { Double(bitPattern: $0) }
        case .ascii: value = index == 0 ? text.flatMap { NumberText.number($0) } : nil
        default: value = integer(at: index).map(Double.init)
        }
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    /// Text up to the first NUL, trimmed; UTF-8, else Latin-1. `nil` when nothing is left or the type is not text.
    var text: String? {
        guard format == .ascii || format == .undefined || format == .byte else { return nil }
        return CleanText.decoded(bytes.prefix(count).prefix { $0 != 0 })
    }
}
