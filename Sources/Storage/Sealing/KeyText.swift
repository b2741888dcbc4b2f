import Domain
import Foundation

/// 32 bytes of a key as people copy them: a word that says which half it is, and base64url (RFC 4648 §5).
enum KeyText {
    static let publicMark = "wayside-public:"
    static let privateMark = "wayside-private:"

    static func encode(_ bytes: Data, _ mark: String) -> String {
        let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return mark + text.replacing("=", with: "")
    }

    /// Nil when it is not such a key.
    static func decode(_ text: some StringProtocol, _ mark: String) -> Data? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.hasPrefix(mark) else { return nil }
        let base64 = trimmed.dropFirst(mark.count).replacing("-", with: "+").replacing("_", with: "/")
        guard let bytes = Data(base64Encoded: base64 + "="), bytes.count == 32 else { return nil }
        return bytes
    }
}
