/// What became of one of the operator's own models when the server started.
package struct OwnModelState: Hashable, Sendable {
    /// What its manifest says, for people.
    package struct Description: Hashable, Sendable {
        package let name: String
        package let licence: String
        /// Of the model's file, hexadecimal: what tells one version from another.
        package let sha256: String
        package let classes: [String]
        /// Whether what it finds may be hidden.
        package let mayHide: Bool

        package init(name: String, licence: String, sha256: String, classes: [String], mayHide: Bool) {
            self.name = name
            self.licence = licence
            self.sha256 = sha256
            self.classes = classes
            self.mayHide = mayHide
        }
    }

    /// Name of its manifest's file.
    package let file: String
    package let isGood: Bool
    /// What it does, or why it is refused.
    package let sentence: String
    /// Nil when the manifest cannot be read.
    package var description: Description?

    package init(file: String, isGood: Bool, sentence: String, description: Description? = nil) {
        self.file = file
        self.isGood = isGood
        self.sentence = sentence
        self.description = description
    }
}
