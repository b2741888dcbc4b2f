/// What became of one of the operator's own models when the server started.
package struct OwnModelState: Hashable, Sendable {
    /// Name of its manifest's file.
    package let file: String
    package let isGood: Bool
    /// What it does, or why it is refused.
    package let sentence: String

    package init(file: String, isGood: Bool, sentence: String) {
        self.file = file
        self.isGood = isGood
        self.sentence = sentence
    }
}
