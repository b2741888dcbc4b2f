/// The outcome of cutting a batch: sequences in order, and what was left out of them.
package struct DispatchPlan: Hashable, Sendable {
    package struct Placement: Hashable, Sendable {
        package let id: PictureID
        /// Degrees; nil when neither the tags nor movement tell.
        package let heading: Double?
        package let isHeadingComputed: Bool

        package init(id: PictureID, heading: Double?, isHeadingComputed: Bool) {
            self.id = id
            self.heading = heading
            self.isHeadingComputed = isHeadingComputed
        }
    }

    /// Each part is one sequence, in rank order.
    package let parts: [[Placement]]
    /// Near-duplicates: the picture that goes, with its rejection (`duplicate_of`, `distance`, `angle`).
    package let duplicates: [PictureID: Rejection]

    package init(parts: [[Placement]], duplicates: [PictureID: Rejection]) {
        self.parts = parts
        self.duplicates = duplicates
    }
}
