import Domain
import Foundation

/// A picture as routes see it.
package struct DeliverySubject: Hashable, Sendable {
    package let picture: Picture
    package let label: CameraLabel
    /// What the label says of originals now.
    package let rule: OriginalsRule
    /// Whether who has a grant on the label may see it; what may not be seen may not leave.
    package let mayBeSeen: Bool
    /// What is stored of its original.
    package let original: StoredOriginal?
    /// The same of its raw file.
    package let raw: OriginalFile?

    package init(
        picture: Picture, label: CameraLabel, rule: OriginalsRule, mayBeSeen: Bool, original: StoredOriginal? = nil,
        raw: OriginalFile? = nil
    ) {
        self.picture = picture
        self.label = label
        self.rule = rule
        self.mayBeSeen = mayBeSeen
        self.original = original
        self.raw = raw
    }
}
