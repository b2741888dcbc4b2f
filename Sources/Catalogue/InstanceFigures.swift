import Domain

/// How much there is, and how much of it is new: for administrators and what watches the server.
package struct InstanceFigures: Hashable, Sendable {
    /// A count, and how much of it came within each of `FigureStore.spans`.
    package struct Growth: Hashable, Sendable {
        package let total: Int
        /// By days.
        package let new: [Int: Int]
    }

    package let accounts: Growth
    package let pictures: Growth
    package let picturesByStatus: [PreparationStatus: Int]
    /// Seconds since a picture arrived; nil without any.
    package let sinceLastPicture: Double?
    package let sequences: Int
    /// Those with a picture that is prepared.
    package let sequencesReady: Int
    package let sequencesByVisibility: [Visibility: Int]
    /// By step.
    package let jobs: [String: Int]
    /// Seconds that the oldest job has waited which could be done now; nil without any.
    package let oldestDueJob: Double?
}
