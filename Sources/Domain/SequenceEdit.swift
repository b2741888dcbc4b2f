/// What somebody changes of one sequence; what is nil stays.
package struct SequenceEdit: Hashable, Sendable {
    package var title: String?
    package var visibility: Visibility?
    /// The order of its pictures from now on.
    package var sortMethod: DispatchRules.SortMethod?
    /// Degrees to add to the direction of movement; it replaces every heading.
    package var relativeHeading: Double?
    package var tags: [SemanticChange]

    package init(
        title: String? = nil, visibility: Visibility? = nil, sortMethod: DispatchRules.SortMethod? = nil,
        relativeHeading: Double? = nil, tags: [SemanticChange] = []
    ) {
        self.title = title
        self.visibility = visibility
        self.sortMethod = sortMethod
        self.relativeHeading = relativeHeading
        self.tags = tags
    }

    /// Whether ranks or headings of its pictures change.
    package var arranges: Bool { sortMethod != nil || relativeHeading != nil }
}
