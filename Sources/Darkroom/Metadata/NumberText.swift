/// Numbers as EXIF text and XMP write them.
enum NumberText {
    /// A decimal number (`12.5`, `-3e2`) or a fraction (`14/5`); `nil` for anything else and for what is not finite.
    static func number(_ text: some StringProtocol) -> Double? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        switch parts.count {
        case 1:
            return decimal(parts[0])
        case 2:
            guard let upper = decimal(parts[0]), let lower = decimal(parts[1]), lower != 0 else { return nil }
            let value = upper / lower
            return value.isFinite ? value : nil
        default:
            return nil
        }
    }

    /// A whole number that fits 32 bits; `5376.0` counts, since some writers add the decimal.
    static func whole(_ text: some StringProtocol) -> Int? {
        guard let value = decimal(text), value.rounded() == value, abs(value) < 2_147_483_648 else { return nil }
        return Int(value)
    }

    private static func decimal(_ text: some StringProtocol) -> Double? {
        var digits = text[...]
        while digits.first == " " { digits.removeFirst() }
        while digits.last == " " { digits.removeLast() }
        // `Double` would also take "nan", "infinity" and hexadecimal.
        guard !digits.isEmpty, digits.utf8.count <= 40,
            digits.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }),
            let value = Double(String(digits)), value.isFinite
        else { return nil }
        return value
    }
}
