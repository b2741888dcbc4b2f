import Domain

/// Tags on the wire.
enum SemanticsDocument {
    static func json(_ tags: [SemanticTag]) -> JSON {
        .array(tags.map { ["key": .string($0.key), "value": .string($0.value)] })
    }

    static func json(_ edit: SemanticEdit) -> JSON {
        var object: JSONObject = [
            "at": .string(RFC3339.string(edit.madeAt)), "account_id": .optional(edit.accountID?.string),
        ]
        object["annotation_id"] = edit.annotationID.map { .string($0.string) }
        object["changes"] = .array(
            edit.changes.map {
                [
                    "action": .string($0.action.rawValue), "key": .string($0.tag.key), "value": .string($0.tag.value),
                ]
            })
        return .object(object)
    }
}
