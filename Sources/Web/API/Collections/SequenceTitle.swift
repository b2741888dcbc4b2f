import Domain

/// What a sequence may be called.
enum SequenceTitle {
    /// Nil for none. Throws `.unprocessable` when it is empty or too long.
    static func valid(_ text: String?) throws -> String? {
        guard let title = text?.trimmed else { return nil }
        guard (1...250).contains(title.count) else {
            throw Failure(.unprocessable, "A title has 1 to 250 characters.")
        }
        return title
    }
}
