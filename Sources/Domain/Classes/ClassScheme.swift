import Foundation

package typealias ClassSchemeID = Identifier<ClassScheme>

/// What people tell pictures apart by: some classes under one key, for whole pictures or for boxes on them.
///
/// What is said is a tag `key = value`, of the picture or of the region: everything that knows tags knows it.
package struct ClassScheme: Hashable, Sendable {
    /// What is given a class.
    package enum Subject: String, Sendable, Codable, CaseIterable {
        /// The picture as a whole: one class of the scheme.
        case picture
        /// Regions of it, as many as there are.
        case box
    }

    package let id: ClassSchemeID
    /// What people read; unique, compared without case.
    package let name: String
    /// The key of the tags.
    package let key: String
    package let subject: Subject
    package let classes: [PictureClass]
    /// The camera labels whose pictures it is for; nil: all.
    package let labels: Set<CameraLabelID>?
    package let createdAt: Date

    package static let mostClasses = 50
    /// Of the tag that says of a picture that it was looked through for boxes; its value is the scheme's key.
    package static let markKey = "wayside|annotated"

    /// Throws `.unprocessable` with the rule that is broken.
    package init(
        id: ClassSchemeID = ClassSchemeID(), name: String, key: String, subject: Subject, classes: [PictureClass],
        labels: Set<CameraLabelID>? = nil, createdAt: Date = .now
    ) throws {
        self.name = try Self.validName(name)
        self.key = try Self.validKey(key)
        guard (1...Self.mostClasses).contains(classes.count) else {
            throw Failure(.unprocessable, "A scheme has 1 to \(Self.mostClasses) classes.")
        }
        guard Set(classes.map(\.value)).count == classes.count else {
            throw Failure(.unprocessable, "Two classes of a scheme have different values.")
        }
        let digits = classes.compactMap(\.digit)
        guard Set(digits).count == digits.count else {
            throw Failure(.unprocessable, "Two classes of a scheme have different keys.")
        }
        if let labels, labels.isEmpty {
            throw Failure(.unprocessable, "Choose the camera labels that the scheme is for, or all of them.")
        }
        self.id = id
        self.subject = subject
        self.classes = classes
        self.labels = labels
        self.createdAt = createdAt
    }

    /// The values of its classes.
    package var values: Set<String> { Set(classes.map(\.value)) }

    /// Whether it is for pictures of the camera label.
    package func holds(for label: CameraLabelID) -> Bool { labels?.contains(label) ?? true }

    /// Those of the tags that name a class of it, in order.
    package func classes(in tags: [SemanticTag]) -> [PictureClass] {
        let said = Set(tags.filter { $0.key == key }.map(\.value))
        return classes.filter { said.contains($0.value) }
    }

    /// The tag that says of a picture that it was looked through for boxes of this key.
    package var mark: SemanticTag { SemanticTag(key: Self.markKey, value: key) }

    private static func validName(_ text: String) throws -> String {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...80).contains(name.count), name.rangeOfCharacter(from: .controlCharacters) == nil else {
            throw Failure(.unprocessable, "A scheme's name has 1 to 80 characters, in one line.")
        }
        return name
    }

    /// What the server says itself is not for people to say.
    private static func validKey(_ text: String) throws -> String {
        let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try SemanticTag(checking: key, "value")
        guard !key.hasPrefix("wayside|"), !key.hasPrefix("detection_"), !key.contains("=") else {
            throw Failure(
                .unprocessable, "A scheme's key does not begin with wayside| or detection_, and holds no equals sign.")
        }
        return key
    }
}
