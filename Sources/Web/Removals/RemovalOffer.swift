import Domain

/// What a page offers to take back right after it was deleted.
struct RemovalOffer: Sendable {
    struct Field: Sendable {
        let id: String
    }

    let fields: [Field]

    /// Nil when nothing can be taken back.
    init?(_ removals: [RemovalID]) {
        guard !removals.isEmpty else { return nil }
        fields = removals.map { Field(id: $0.string) }
    }
}

extension Deletion {
    /// Where a page leads after it: to where it can be taken back, or to `path` when it cannot be.
    func page(else path: String, saying key: String) -> String {
        guard removal != nil else { return "\(path)?said=\(key)" }
        return "/pictures/deleted?said=\(receipt == nil ? key : "removals.partly")"
    }
}
