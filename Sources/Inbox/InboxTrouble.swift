import Domain

/// What keeps a file of the inbox where it is, in words.
enum InboxTrouble {
    static let changed = Failure(.conflict, "The file was changed while it was read.")

    static func text(_ error: any Error) -> String {
        guard let failure = error as? Failure else { return "\(error)" }
        return failure.underlying.map { "\(failure.message) (\($0))" } ?? failure.message
    }
}
