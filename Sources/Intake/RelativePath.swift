import Domain
import Foundation

/// The path of a file within the folder that was sent: `/`-separated, Unicode NFC, nothing that leads out of it.
package struct RelativePath: Hashable, Sendable {
    package let text: String

    /// Bytes of UTF-8.
    package static let maximumLength = 1024

    /// Checks what a client calls the file; throws the `Rejection` to record.
    package init(_ raw: String) throws {
        let path = raw.replacingOccurrences(of: "\\", with: "/").precomposedStringWithCanonicalMapping
        guard path.utf8.count <= Self.maximumLength else {
            throw Self.refused("The file's name is longer than \(Self.maximumLength) bytes.", "name_too_long")
        }
        guard !path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Self.refused("The file's name holds a control character.", "name_control_character")
        }
        guard !path.hasPrefix("/"), !Self.startsWithDrive(path) else {
            throw Self.refused("The file's name is an absolute path; send one within the folder.", "name_absolute")
        }
        let components = path.split(separator: "/").filter { $0 != "." }
        guard !components.contains("..") else {
            throw Self.refused("The file's name leads out of the folder that was sent (“..”).", "name_leads_out")
        }
        guard !components.isEmpty, !path.hasSuffix("/") else {
            throw Self.refused("The file has no name.", "name_missing")
        }
        text = components.joined(separator: "/")
    }

    /// The last component.
    package var name: String { text.split(separator: "/").last.map(String.init) ?? text }

    /// A form of any text that can be shown and stored, to record what was refused.
    package static func displayable(_ raw: String) -> String {
        var text = ""
        for scalar in raw.unicodeScalars.prefix(maximumLength) {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        while text.utf8.count > maximumLength { text.removeLast() }
        return text.isEmpty ? "(no name)" : text.precomposedStringWithCanonicalMapping
    }

    private static func startsWithDrive(_ path: String) -> Bool {
        let start = Array(path.utf8.prefix(3))
        guard start.count == 3, start[1] == UInt8(ascii: ":"), start[2] == UInt8(ascii: "/") else { return false }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(start[0] | 0x20)
    }

    private static func refused(_ message: String, _ cause: String) -> Rejection {
        Rejection(.invalidFile, message, details: ["cause": cause])
    }
}
