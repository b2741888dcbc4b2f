import Domain
import Foundation

/// What the headers of one part of a form say (RFC 7578 §4).
package struct PartHeaders: Hashable, Sendable {
    /// The form field.
    package let name: String
    /// As the sender meant it, unchecked; nil for a plain field.
    package let filename: String?

    package init(name: String, filename: String? = nil) {
        self.name = name
        self.filename = filename
    }

    /// Reads the header lines, without the empty one at their end. Throws `.invalid` or `.unsupportedMedia`.
    init(_ bytes: [UInt8]) throws {
        let headers = try Self.fields(bytes)
        let encoding = headers["content-transfer-encoding"]?.lowercased() ?? "binary"
        guard ["binary", "8bit", "7bit"].contains(encoding) else {
            throw Failure(.unsupportedMedia, "Parts of a form are taken as they are, not encoded as \(encoding).")
        }
        let disposition = HeaderValue(headers["content-disposition"] ?? "")
        guard disposition.main == "form-data", let name = disposition.parameters["name"] else {
            throw Failure(.invalid, "A part of the form has no name.")
        }
        self.name = Self.unescaped(name)
        filename = disposition.parameters["filename*"] ?? disposition.parameters["filename"].map(Self.unescaped)
    }

    private static func fields(_ bytes: [UInt8]) throws -> [String: String] {
        // Header text is UTF-8; older senders use Latin-1, which never fails to decode.
        let text = String(validating: bytes, as: UTF8.self) ?? String(bytes.map { Character(Unicode.Scalar($0)) })
        var fields: [String: String] = [:]
        for line in text.components(separatedBy: "\r\n") where !line.isEmpty {
            let isClean = line.unicodeScalars.allSatisfy { $0 != "\r" && $0 != "\n" }
            guard isClean, let colon = line.firstIndex(of: ":"), !line.hasPrefix(" "), !line.hasPrefix("\t") else {
                throw Failure(.invalid, "A header of a part of the form is malformed.")
            }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            fields[line[..<colon].lowercased()] = value
        }
        return fields
    }

    /// Browsers and Python's httpx write a quote as `%22` and control characters as `%0D`, but leave a percent sign of
    /// the name as it is: so only these are undone.
    private static func unescaped(_ text: String) -> String {
        guard text.contains("%") else { return text }
        var result = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == "%", let code = UInt8(rest.prefix(2), radix: 16), rest.prefix(2).count == 2,
                code < 0x20 || code == 0x22
            {
                result.unicodeScalars.append(Unicode.Scalar(code))
                rest.removeFirst(2)
            } else {
                result.append(character)
            }
        }
        return result
    }
}
