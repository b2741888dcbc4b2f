import Foundation

/// The colour of buttons and links, and the shades of it that can be read on light and on dark paper.
package struct AccentColour: Hashable, Sendable {
    private let red: Double
    private let green: Double
    private let blue: Double

    /// Reads `#rrggbb`; throws `.unprocessable` for anything else, and for what white text cannot be read on.
    package init(_ text: String) throws {
        let digits = text.dropFirst()
        guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let value = Int(digits, radix: 16)
        else {
            throw Failure(
                .unprocessable, "A colour is written like #0b6b70.", details: ["reason": "bad_colour"])
        }
        self.init(
            red: Double(value >> 16 & 255) / 255, green: Double(value >> 8 & 255) / 255, blue: Double(value & 255) / 255
        )
        guard contrastWithWhite >= Self.leastContrast else {
            throw Failure(
                .unprocessable, "White text could not be read on that colour. Choose a darker one.",
                details: ["reason": "pale_colour"])
        }
    }

    private init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Of text, WCAG 2.2 §1.4.3; a little more, since links also lie on tinted paper.
    private static let leastContrast = 5.0

    package var text: String {
        let parts = [red, green, blue].map { value in
            let digits = String(Int((min(max(value, 0), 1) * 255).rounded()), radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        return "#" + parts.joined()
    }

    /// Towards black (below 0) or white (above), by a part of the way.
    package func mixed(_ part: Double) -> AccentColour {
        func mix(_ value: Double) -> Double { part < 0 ? value * (1 + part) : value + (1 - value) * part }
        return AccentColour(red: mix(red), green: mix(green), blue: mix(blue))
    }

    /// The least light shade of it that can be read on the dark paper.
    package var onDark: AccentColour {
        var part = 0.0
        while part < 1, mixed(part).luminance < 0.42 { part += 0.05 }
        return mixed(min(part, 1))
    }

    /// WCAG 2.2, relative luminance.
    private var luminance: Double {
        func linear(_ value: Double) -> Double {
            value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    private var contrastWithWhite: Double { 1.05 / (luminance + 0.05) }
}
