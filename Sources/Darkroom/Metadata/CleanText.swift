/// Text from untrusted bytes, made fit to show and to store.
enum CleanText {
    /// UTF-8, else Latin-1, without control characters and surrounding spaces; `nil` when nothing is left.
    static func decoded(_ bytes: some Collection<UInt8>) -> String? {
        let text =
            String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        return cleaned(text)
    }

    /// Without control and invisible formatting characters, spaces at the ends trimmed; `nil` when nothing is left.
    static func cleaned(_ text: String) -> String? {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: scalars.append(" ")
            case .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: break
            default: scalars.append(scalar)
            }
        }
        while scalars.last == " " { scalars.removeLast() }
        let kept = scalars.drop { $0 == " " }
        return kept.isEmpty ? nil : String(String.UnicodeScalarView(kept))
    }

    /// At most `limit` UTF-8 bytes of it, cut between characters.
    static func bounded(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var kept = ""
        var size = 0
        for scalar in text.unicodeScalars {
            size += String(scalar).utf8.count
            guard size <= limit else { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept
    }
}
