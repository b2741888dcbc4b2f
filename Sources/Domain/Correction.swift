import Foundation

package typealias CorrectionID = Identifier<Correction>

/// What one person has said about what is hidden in one picture.
package struct Correction: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        /// This must be hidden too; an outline in pixels of the picture as displayed.
        case region(Polygon)
        /// What a model found here hides nothing.
        case wrong(Redaction)
    }

    package let id: CorrectionID
    package let pictureID: PictureID
    package let change: Change
    /// Who said so; nil when the account is gone.
    package let accountID: AccountID?
    package let createdAt: Date
    /// The picture's revision since which it shows; nil while that is owed.
    package let appliedRevision: Int?

    package init(
        id: CorrectionID = CorrectionID(), pictureID: PictureID, change: Change, accountID: AccountID?,
        createdAt: Date, appliedRevision: Int? = nil
    ) {
        self.id = id
        self.pictureID = pictureID
        self.change = change
        self.accountID = accountID
        self.createdAt = createdAt
        self.appliedRevision = appliedRevision
    }

    package var region: Polygon? {
        if case .region(let polygon) = change { polygon } else { nil }
    }

    package var wrong: Redaction? {
        if case .wrong(let finding) = change { finding } else { nil }
    }
}

extension Corrections {
    /// All of a picture's.
    package init(_ list: [Correction]) {
        self.init(wrong: list.compactMap(\.wrong), regions: list.compactMap(\.region))
    }
}
