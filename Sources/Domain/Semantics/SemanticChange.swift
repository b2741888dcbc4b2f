/// One step of an edit of somebody's tags.
package struct SemanticChange: Hashable, Sendable, Codable {
    package enum Action: String, Sendable, Codable {
        case add, delete
    }

    package let action: Action
    package let tag: SemanticTag

    package init(_ action: Action, _ tag: SemanticTag) {
        self.action = action
        self.tag = tag
    }
}
