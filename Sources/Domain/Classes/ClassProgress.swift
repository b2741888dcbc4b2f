import Foundation

/// How far the pictures of one sequence are told apart, as one viewer sees them.
package struct ClassProgress: Hashable, Sendable {
    package let sequenceID: SequenceID
    package let title: String
    /// Name of its camera label.
    package let label: String
    package let capturedFrom: Date
    package let pictures: Int
    /// Those of them that are done.
    package let done: Int

    package init(
        sequenceID: SequenceID, title: String, label: String, capturedFrom: Date, pictures: Int, done: Int
    ) {
        self.sequenceID = sequenceID
        self.title = title
        self.label = label
        self.capturedFrom = capturedFrom
        self.pictures = pictures
        self.done = done
    }
}
