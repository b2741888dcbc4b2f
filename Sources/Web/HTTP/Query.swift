import Domain
import Foundation
import Hummingbird

/// The parameters of a URL's query, decoded.
package struct Query: Sendable {
    private let values: [(name: String, value: String)]

    /// Reads `name=value` pairs (WHATWG URL §5.1).
    package init(_ text: String?) {
        values = (text ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : "")
        }
    }

    /// Reads the query of a request, and refuses parameters that are not in `names` (OGC API Features §7.5.2).
    package init(_ request: Request, allowing names: Set<String>) throws {
        self.init(request.uri.query)
        if let unknown = values.first(where: { !names.contains($0.name) }) {
            throw Failure(.invalid, "The parameter '\(unknown.name.prefix(80))' is not known here.")
        }
    }

    /// In the order in which they stand.
    package var all: [(name: String, value: String)] { values }

    package subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    /// The parts of a comma-separated list; nil when the parameter is absent or empty.
    package func list(_ name: String) -> [String]? {
        guard let text = self[name], !text.isEmpty else { return nil }
        return text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// A whole number between the bounds; `fallback` when absent.
    package func integer(_ name: String, default fallback: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let text = self[name], !text.isEmpty else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw Failure(.invalid, "'\(name)' is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    private static func decode(_ text: Substring) -> String {
        let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }
        if isPlain { return String(text) }
        let spaced = text.contains("+") ? text.replacing("+", with: " ") : text
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
