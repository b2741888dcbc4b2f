import Domain

/// One step of an edit of tags, as clients write it: `{"action": "add", "key": …, "value": …}`.
struct SemanticsRequest: Decodable {
    let action: String?
    let key: String
    let value: String

    /// Left out, it is to be added.
    func change() throws -> SemanticChange {
        guard let action = SemanticChange.Action(rawValue: action ?? "add") else {
            throw Failure(.unprocessable, "The action of a tag is add or delete.")
        }
        return SemanticChange(action, try SemanticTag(checking: key, value))
    }

    private static let most = 200

    /// Throws `.unprocessable` for too many at once, and for a tag that breaks a rule.
    static func changes(_ requests: [SemanticsRequest]?) throws -> [SemanticChange] {
        let requests = requests ?? []
        guard requests.count <= most else {
            throw Failure(.unprocessable, "At most \(most) tags are changed at once.")
        }
        return try requests.map { try $0.change() }
    }

    /// The tags of something new, which has none that could be deleted.
    static func tags(_ requests: [SemanticsRequest]?) throws -> [SemanticTag] {
        try changes(requests).map { change in
            guard change.action == .add else {
                throw Failure(.unprocessable, "Something new has no tag to delete.")
            }
            return change.tag
        }
    }
}
