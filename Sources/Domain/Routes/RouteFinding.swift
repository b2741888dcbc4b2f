/// What there is to be said of a file at a destination, or of a picture that is to be there.
package struct RouteFinding: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// It is not there.
        case missing
        /// Something else is there: another size, or another checksum.
        case different
        /// It is there, and not one of ours.
        case surplus
        /// A picture that was never sent, and is not queued either.
        case unsent
    }

    package let kind: Kind
    /// Of the file there; for `unsent`, the picture's id.
    package let name: String

    package init(kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }
}
