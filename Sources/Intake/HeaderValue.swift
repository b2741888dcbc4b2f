import Foundation

/// A header value with parameters, `form-data; name="file"; filename="x.jpg"`, read the way its senders write it.
struct HeaderValue: Hashable, Sendable {
    /// What comes before the first `;`, in lower case.
    let main: String
    /// By name in lower case; the first of equal names counts. `filename*` (RFC 8187) appears decoded as `filename*`.
    let parameters: [String: String]

    init(_ text: String) {
        var rest = Substring(text)
        main = Self.take(&rest, until: ";").trimmingCharacters(in: .whitespaces).lowercased()
        var parameters: [String: String] = [:]
        while rest.first == ";" {
            rest.removeFirst()
            let name = Self.take(&rest, until: "=", ";").trimmingCharacters(in: .whitespaces).lowercased()
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            let value = Self.value(&rest)
            let decoded = name.hasSuffix("*") ? Self.extended(value) : value
            if let decoded, parameters[name] == nil { parameters[name] = decoded }
        }
        self.parameters = parameters
    }

    private static func take(_ rest: inout Substring, until stops: Character...) -> String {
        let end = rest.firstIndex { stops.contains($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return String(rest[..<end])
    }

    private static func value(_ rest: inout Substring) -> String {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard rest.first == "\"" else { return take(&rest, until: ";").trimmingCharacters(in: .whitespaces) }
        rest.removeFirst()
        let value = quoted(&rest)
        _ = take(&rest, until: ";")
        return value
    }

    /// Reads up to the closing quote. A backslash escapes a quote or itself only: browsers send others as they are
    /// (`C:\new.jpg`), other clients double them.
    private static func quoted(_ rest: inout Substring) -> String {
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { break }
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        return value
    }

    /// `UTF-8'en'na%C3%AFve.jpg` (RFC 8187 §3.2); nil for another encoding (none is in use) or bad escapes.
    private static func extended(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        return String(parts[2]).removingPercentEncoding
    }
}
