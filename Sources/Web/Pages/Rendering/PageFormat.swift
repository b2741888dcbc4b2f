import Foundation

/// Numbers and times as people of a language write them.
package struct PageFormat: Sendable {
    private let language: Language

    package init(_ language: Language) { self.language = language }

    private var locale: Locale { Locale(identifier: language == .french ? "fr_FR" : "en_GB") }

    /// A whole number with the language's groups of three.
    package func number(_ value: Int) -> String { value.formatted(.number.locale(locale)) }

    /// A number with at most `digits` decimals.
    package func number(_ value: Double, digits: Int) -> String {
        value.formatted(.number.precision(.fractionLength(0...digits)).locale(locale))
    }

    /// Bytes in the unit that leaves one to three digits before the point.
    package func bytes(_ count: Int64) -> String {
        let units = language == .french ? ["o", "ko", "Mo", "Go", "To"] : ["B", "kB", "MB", "GB", "TB"]
        var value = Double(count)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return "\(number(value, digits: unit == 0 || value >= 100 ? 0 : 1)) \(units[unit])"
    }

    /// Metres, or kilometres from one on.
    package func length(metres: Double) -> String {
        metres < 1000 ? "\(number(metres, digits: 0)) m" : "\(number(metres / 1000, digits: 1)) km"
    }
}
