import Domain

/// A report with what a list shows around it.
package struct ReportSummary: Hashable, Sendable {
    package let report: Report
    /// Name of the account it came from; nil for a guest.
    package let reporter: String?
    /// Name of the account that the pictures came from.
    package let owner: String
    /// Name of the camera label.
    package let label: String
    /// How many pictures it is about.
    package let pictures: Int
    /// The first of them, when the viewer may see it.
    package let firstPicture: PictureID?
}
