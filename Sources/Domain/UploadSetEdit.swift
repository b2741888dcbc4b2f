/// What somebody changes of one upload set; what is nil stays.
package struct UploadSetEdit: Sendable {
    package var title: String?
    package var estimatedFiles: Int?
    package var visibility: Visibility?
    package var holdsUnplaced: Bool?
    /// From the rules as they are now to those that hold from then on; may throw a `Failure`.
    package var rules: (@Sendable (DispatchRules) throws -> DispatchRules)?
    package var tags: [SemanticChange]

    package init(
        title: String? = nil, estimatedFiles: Int? = nil, visibility: Visibility? = nil,
        holdsUnplaced: Bool? = nil,
        rules: (@Sendable (DispatchRules) throws -> DispatchRules)? = nil, tags: [SemanticChange] = []
    ) {
        self.title = title
        self.estimatedFiles = estimatedFiles
        self.visibility = visibility
        self.holdsUnplaced = holdsUnplaced
        self.rules = rules
        self.tags = tags
    }

    /// The set with the changes in place, but for the tags.
    package func applied(to set: UploadSet) throws -> UploadSet {
        var set = set
        if let title { set.title = title }
        if let estimatedFiles { set.estimatedFiles = estimatedFiles }
        if let visibility { set.visibility = visibility }
        if let holdsUnplaced { set.holdsUnplaced = holdsUnplaced }
        if let rules { set.rules = try rules(set.rules) }
        return set
    }
}
