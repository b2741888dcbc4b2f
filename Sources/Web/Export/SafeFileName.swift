import Foundation

/// Names of files that any system takes and that lead nowhere else.
enum SafeFileName {
    private static let longest = 60

    /// Letters, digits and `-`; all else becomes `_`, runs of it one. `fallback` when nothing is left.
    static func part(_ text: String, fallback: String) -> String {
        var result = ""
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars.prefix(longest) {
            if CharacterSet.alphanumerics.contains(scalar) || scalar == "-" {
                result.unicodeScalars.append(scalar)
            } else if !result.hasSuffix("_") {
                result += "_"
            }
        }
        result = result.trimmingCharacters(in: CharacterSet(charactersIn: "_-"))
        return result.isEmpty ? fallback : result
    }

    /// `Content-Disposition` of a download (RFC 6266): plain letters for old clients, all of them for the others.
    static func disposition(_ name: String) -> String {
        let ascii = String(name.map { $0.isASCII ? $0 : "_" })
        return "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(URLText.encode(name))"
    }
}
