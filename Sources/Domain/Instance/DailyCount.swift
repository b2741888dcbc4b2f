/// How many pictures of a label have come on each day of a span.
package struct DailyCount: Hashable, Sendable {
    package let labelID: CameraLabelID
    package let label: String
    /// A number for each day of the span.
    package let pictures: [Int]

    package init(labelID: CameraLabelID, label: String, pictures: [Int]) {
        self.labelID = labelID
        self.label = label
        self.pictures = pictures
    }
}
