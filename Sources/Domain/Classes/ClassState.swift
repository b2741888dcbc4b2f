/// What was said of one picture in the classes of one scheme.
package struct ClassState: Hashable, Sendable {
    package let pictureID: PictureID
    /// Within its sequence, from 1.
    package let rank: Int
    /// Of the whole picture, in the order of the scheme; mostly one.
    package let values: [String]
    /// How many boxes of the scheme's classes there are.
    package let boxes: Int
    /// Somebody said that it was looked through for boxes.
    package let isMarked: Bool

    package init(pictureID: PictureID, rank: Int, values: [String], boxes: Int, isMarked: Bool) {
        self.pictureID = pictureID
        self.rank = rank
        self.values = values
        self.boxes = boxes
        self.isMarked = isMarked
    }

    /// Whether it counts as done: it has a class or a box, or was looked through and has none.
    package var isDone: Bool { !values.isEmpty || boxes > 0 || isMarked }
}
