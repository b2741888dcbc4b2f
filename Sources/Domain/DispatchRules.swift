/// How a batch is cut into sequences; the defaults are Panoramax's.
package struct DispatchRules: Hashable, Sendable, Codable {
    package enum SortMethod: String, Codable, Sendable, CaseIterable {
        case timeAscending = "time-asc"
        case timeDescending = "time-desc"
        case filenameAscending = "filename-asc"
        case filenameDescending = "filename-desc"
    }

    package var sortMethod: SortMethod
    /// Metres; a larger gap starts a new sequence. `nil`: never cut.
    package var splitDistance: Double?
    /// Seconds; a longer gap starts a new sequence. `nil`: never cut.
    package var splitTime: Double?
    /// Metres; nearer pictures with a similar heading are near-duplicates. `nil`: keep all.
    package var duplicateDistance: Double?
    /// Degrees.
    package var duplicateRotation: Double?
    /// Degrees to add to the direction of movement; set, it replaces every heading.
    package var relativeHeading: Double?

    package init(
        sortMethod: SortMethod = .timeAscending, splitDistance: Double? = 100, splitTime: Double? = 300,
        duplicateDistance: Double? = 1, duplicateRotation: Double? = 60, relativeHeading: Double? = nil
    ) {
        self.sortMethod = sortMethod
        self.splitDistance = splitDistance
        self.splitTime = splitTime
        self.duplicateDistance = duplicateDistance
        self.duplicateRotation = duplicateRotation
        self.relativeHeading = relativeHeading
    }
}
