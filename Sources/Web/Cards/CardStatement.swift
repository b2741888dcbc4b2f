import Domain
import Foundation

/// The part of a receipt that is signed, as text that anybody can put together again from the JSON (Docs/receipts.md).
package struct CardStatement: Sendable {
    package let instance: String
    package let uploadSet: String
    package let label: String
    /// RFC 3339, as it stands in the JSON.
    package let issuedAt: String
    package let safeToWipe: Bool
    package let agreedAt: String?
    package let files: [CardReceipt.Entry]

    var text: String {
        var text = "wayside card receipt 1\n"
        for (name, value) in [
            ("instance", instance), ("upload_set", uploadSet), ("camera_label", label), ("issued_at", issuedAt),
            ("safe_to_wipe", safeToWipe ? "yes" : "no"), ("losses_agreed_at", agreedAt ?? "-"),
            ("files", "\(files.count)"),
        ] {
            text += "\(name): \(Self.escaped(value))\n"
        }
        for file in files {
            let cells = [
                file.fate.rawValue, file.reason ?? "-", "\(file.size)", file.sha256 ?? "-", file.name,
            ]
            text += cells.map(Self.escaped).joined(separator: "\t") + "\n"
        }
        return text
    }

    /// A name with a line break in it must not look like two lines.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
            .replacing("\t", with: "\\t")
    }
}
