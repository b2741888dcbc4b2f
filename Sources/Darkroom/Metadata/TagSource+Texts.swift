extension TagSource {
    /// The most keys that are kept, and the most bytes of one value.
    private static let mostKeys = 200
    private static let longestText = 1_024

    /// Every readable tag as text, by exiv2-style key. These go to the catalogue and outlive the original: what may be a
    /// preview of the unredacted scene is left out, here as in what is served.
    func texts() -> [String: String] {
        var texts: [String: String] = [:]
        for field in exif?.fields ?? [] where texts.count < Self.mostKeys && !field.holdsPicture {
            guard let key = ExifNames.key(field.group, field.tag), let text = field.display else { continue }
            texts[key] = CleanText.bounded(text, to: Self.longestText)
        }
        for (key, text) in (xmp?.texts ?? [:]).sorted(by: { $0.key < $1.key }) where texts.count < Self.mostKeys {
            if XMPPacket.mayHoldPicture(text) { continue }
            texts[key] = text
        }
        return texts
    }
}

extension ExifField {
    private static let userComment: UInt16 = 0x9286
    private static let gpsTexts: Set<UInt16> = [0x001B, 0x001C]
    private static let windowsTexts: ClosedRange<UInt16> = 0x9C9B...0x9C9F
    /// More values than this are a table, which nobody reads.
    private static let mostValues = 32

    /// The value as text: fractions as `14/5`, several values with a space between; `nil` when there is none to show.
    var display: String? {
        if group == .image, Self.windowsTexts.contains(tag) { return windowsText }
        if (group == .photo && tag == Self.userComment) || (group == .gps && Self.gpsTexts.contains(tag)) {
            return format == .ascii ? text : markedText
        }
        if format == .ascii { return text }
        guard count > 0, count <= Self.mostValues else { return nil }
        let values = (0..<count).map { displayed(at: $0) ?? "" }
        return CleanText.cleaned(values.joined(separator: " "))
    }

    private func displayed(at index: Int) -> String? {
        switch format {
        case .rational, .signedRational: rational(at: index).map { "\($0.numerator)/\($0.denominator)" }
        case .float, .double: number(at: index).map { "\($0)" }
        default: integer(at: index).map { "\($0)" }
        }
    }

    /// Text after an eight-byte mark of its encoding (EXIF 2.32, 4.6.5).
    private var markedText: String? {
        guard count > 8 else { return nil }
        let mark = bytes.prefix(8)
        let rest = bytes.prefix(count).dropFirst(8)
        if mark.starts(with: "UNICODE".utf8) { return Self.utf16(rest, littleEndian: littleEndian) }
        guard mark.starts(with: "ASCII".utf8) || mark.allSatisfy({ $0 == 0 }) else { return nil }
        return CleanText.decoded(rest.prefix { $0 != 0 })
    }

    private var windowsText: String? { Self.utf16(bytes.prefix(count * format.size), littleEndian: true) }

    private static func utf16(_ bytes: ArraySlice<UInt8>, littleEndian: Bool) -> String? {
        let raw = Array(bytes)
        let units = (0..<(raw.count / 2)).map { index -> UInt16 in
            let first = UInt16(raw[index * 2])
            let second = UInt16(raw[index * 2 + 1])
            return littleEndian ? second << 8 | first : first << 8 | second
        }
        return CleanText.cleaned(String(decoding: units.prefix { $0 != 0 }, as: UTF16.self))
    }
}
