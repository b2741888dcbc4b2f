import Foundation

/// Numbers without an exponent, as XML Schema's `decimal` and spreadsheets want them.
enum DecimalText {
    /// At most `places` digits after the point, zeros at the end left out.
    static func text(_ value: Double, places: Int) -> String {
        guard value.isFinite else { return "" }
        var text = String(format: "%.\(places)f", value)
        guard places > 0 else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }

    /// Degrees to a centimetre's hundredth.
    static func degrees(_ value: Double) -> String { text(value, places: 9) }
}
