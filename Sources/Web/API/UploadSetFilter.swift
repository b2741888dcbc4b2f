import Domain

/// The little of CQL2 that clients ask of the list of upload sets: `dispatched = TRUE` or `FALSE`.
struct UploadSetFilter {
    static let defaultText = "dispatched = FALSE"

    /// Nil: both.
    let dispatched: Bool?

    /// Without a filter only batches that are not dispatched yet; an empty one shows all.
    init(_ text: String?) throws {
        guard let text else {
            dispatched = false
            return
        }
        let words = text.lowercased().replacing("=", with: " = ").split(separator: " ")
        if words.isEmpty {
            dispatched = nil
        } else if words.count == 3, words[0] == "dispatched", words[1] == "=", ["true", "false"].contains(words[2]) {
            dispatched = words[2] == "true"
        } else {
            throw Failure(.invalid, "'filter' is 'dispatched = TRUE' or 'dispatched = FALSE'.")
        }
    }
}
