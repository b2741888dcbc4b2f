import Foundation

package typealias ExcludedAreaID = Identifier<ExcludedArea>

/// A place where nothing may be shown, or, of kind `allowed`, a place outside of which nothing may.
package struct ExcludedArea: Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Nothing inside may be shown.
        case excluded
        /// Where there are such areas, nothing outside all of them may be shown.
        case allowed
    }

    package let id: ExcludedAreaID
    /// Whose pictures it is for; nil for everybody's.
    package let accountID: AccountID?
    /// What people call it; 1–200 characters.
    package let label: String
    package let kind: Kind
    /// Whether it is told to those who do not administer the instance.
    package let isPublic: Bool
    package let shape: GeoShape
    package let createdAt: Date

    package init(
        id: ExcludedAreaID = ExcludedAreaID(), accountID: AccountID? = nil, label: String, kind: Kind = .excluded,
        isPublic: Bool = false, shape: GeoShape, createdAt: Date = .now
    ) {
        self.id = id
        self.accountID = accountID
        self.label = label
        self.kind = kind
        self.isPublic = isPublic
        self.shape = shape
        self.createdAt = createdAt
    }

    /// Trims and checks a label; throws `.unprocessable`.
    package static func validLabel(_ text: String) throws -> String {
        let label = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...200).contains(label.count) else {
            throw Failure(.unprocessable, "An area has a name of 1 to 200 characters.")
        }
        return label
    }
}
