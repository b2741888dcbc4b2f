import Domain

/// What became of many pictures, on the wire.
struct BulkDocument {
    let outcome: BulkOutcome
    let words: PageWords
    let baseURL: String

    var json: JSON {
        [
            "changed": .int(outcome.changed.count),
            "ids": .array(outcome.changed.map { .string($0.string) }),
            "unchanged": .array(
                outcome.unchanged.map { one in
                    [
                        "id": .string(one.picture.string), "reason": .string(one.reason.rawValue),
                        "message": .string(Self.sentence(one.reason, words)),
                    ]
                }),
            "collections": .array(outcome.sequences.map { .string($0.string) }),
            "removals": .array(outcome.removals.map { .string($0.string) }),
            "links": .links(
                outcome.sequences.map { Link(rel: "item", href: "\(baseURL)/api/collections/\($0)") }
                    + outcome.removals.map {
                        Link(rel: "related", href: "\(baseURL)/api/removals/\($0)", title: "removal")
                    }
                    + outcome.receipts.map {
                        Link(rel: "related", href: "\(baseURL)/api/receipts/\($0)", title: "receipt")
                    }),
        ]
    }

    /// Why a picture stays as it is, and what can be done about it.
    static func sentence(_ reason: BulkOutcome.Reason, _ words: PageWords) -> String {
        words("pictures.reason_\(reason.rawValue)")
    }
}
