import Domain

/// How one redaction of a picture is named on the wire.
enum RedactionName {
    /// What a model found: its place in the list of the picture's revision. A later revision has another list.
    case finding(revision: Int, index: Int)
    /// What a person said.
    case correction(CorrectionID)

    init?(_ text: String) {
        if let id = CorrectionID(text) {
            self = .correction(id)
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let revision = Int(parts[0]), let index = Int(parts[1]), index >= 0 else { return nil }
        self = .finding(revision: revision, index: index)
    }

    var text: String {
        switch self {
        case .finding(let revision, let index): "\(revision)-\(index)"
        case .correction(let id): id.string
        }
    }
}
