import Domain
import Foundation

/// Strings as JSON writes them (RFC 8259 §7). `<` is escaped as well, so that a document can stand inside a page.
enum JSONString {
    static func write(_ value: String, to output: inout [UInt8]) {
        output.append(quote)
        var value = value
        value.withUTF8 { bytes in
            // Most texts hold nothing special: those go over in one piece.
            guard needsEscape(bytes) else { return output.append(contentsOf: bytes) }
            for byte in bytes { write(byte, to: &output) }
        }
        output.append(quote)
    }

    /// Text that is JSON already: `<` stands in strings only there, where it may be written as an escape.
    static func write(raw text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress, memchr(start, Int32(less), bytes.count) != nil else {
                return output.append(contentsOf: bytes)
            }
            for byte in bytes {
                if byte == less { output.append(contentsOf: "\\u003c".utf8) } else { output.append(byte) }
            }
        }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let less = UInt8(ascii: "<")

    private static func write(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case quote, backslash: output.append(contentsOf: [backslash, byte])
        case 0x0A: output.append(contentsOf: "\\n".utf8)
        case 0x00..<0x20, less:
            output.append(contentsOf: "\\u00".utf8)
            output.append(contentsOf: HexadecimalText.of(CollectionOfOne(byte)).utf8)
        default: output.append(byte)
        }
    }

    /// Whether any byte is a control character, a quote, a backslash or `<`; eight are looked at in one step.
    private static func needsEscape(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let special =
                below(word, 0x20) | zeros(word ^ repeated(quote)) | zeros(word ^ repeated(backslash))
                | zeros(word ^ repeated(less))
            if special != 0 { return true }
            index += 8
        }
        while index < raw.count {
            let byte = raw[index]
            if byte < 0x20 || byte == quote || byte == backslash || byte == less { return true }
            index += 1
        }
        return false
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// Not zero when any byte of the word is zero.
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- repeated(1)) & ~word & highBits }

    /// Not zero when any byte of the word is below a limit of at most 128.
    private static func below(_ word: UInt64, _ limit: UInt8) -> UInt64 {
        (word &- repeated(limit)) & ~word & highBits
    }
}
