/// Names a file that is received in parts: 160 random bits, 40 lower-case hexadecimal digits.
///
/// It is part of an address that clients store; whoever finds it still has to be the account it belongs to.
package struct PartialUploadID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// A new one, from the system's random numbers.
    package init() {
        var random = SystemRandomNumberGenerator()
        text = HexadecimalText.of((0..<20).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    /// Nil for anything but 40 lower-case hexadecimal digits.
    package init?(_ text: String) {
        let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard text.utf8.count == 40, isDigits else { return nil }
        self.text = text
    }

    /// Trusts text that this program wrote itself (a row of the catalogue).
    package init(stored text: String) { self.text = text }

    package var description: String { text }
}
