import Foundation

package typealias CameraLabelID = Identifier<CameraLabel>

/// The sticker on a camera: the folder its pictures go to, and the policies that hold for them.
package struct CameraLabel: Hashable, Sendable, Codable {
    package let id: CameraLabelID
    /// Unique, compared without case; letters, digits, `-`, `_`, `.` and spaces, 1–80 characters.
    package var name: String
    package var redaction: RedactionPolicy
    package var originals: OriginalsPolicy
    package var mounting: CameraMounting
    package var createdAt: Date

    package init(
        id: CameraLabelID = CameraLabelID(), name: String, redaction: RedactionPolicy = RedactionPolicy(),
        originals: OriginalsPolicy = .discard, mounting: CameraMounting = .usual, createdAt: Date = .now
    ) {
        self.id = id
        self.name = name
        self.redaction = redaction
        self.originals = originals
        self.mounting = mounting
        self.createdAt = createdAt
    }

    /// Checks a label's name; throws `.unprocessable` with the rule that is broken.
    package static func validName(_ text: String) throws -> String {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...80).contains(name.count) else {
            throw Failure(.unprocessable, "A camera label has 1 to 80 characters.")
        }
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_. "))
        guard name.unicodeScalars.allSatisfy(allowed.contains), name != ".", name != ".." else {
            throw Failure(.unprocessable, "A camera label holds letters, digits, spaces and - _ . only.")
        }
        return name
    }
}
