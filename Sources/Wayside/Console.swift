import Foundation
import Glibc

/// What a person at the terminal sees.
enum Console {
    /// A line on standard output, at once.
    static func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// A line on standard error.
    static func note(_ line: String) { write(line + "\n") }

    /// Text on standard error, as it is.
    static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    /// Whether progress on standard error is looked at by a person.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Asks on the terminal; nil when nobody can answer.
    static func ask(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        write(question)
        return readLine()
    }

    /// The size of a number of bytes, in words.
    static func size(_ bytes: Int64) -> String {
        switch bytes {
        case ..<1_000_000: "\(max(0, bytes) / 1000) kB"
        case ..<1_000_000_000: "\(bytes / 1_000_000) MB"
        default: String(format: "%.1f GB", Double(bytes) / 1e9)
        }
    }

    /// `1 file`, `2 files`.
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? "\(noun)s")"
    }
}
