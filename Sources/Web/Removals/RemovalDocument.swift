import Domain

/// Something deleted that can be taken back, on the wire.
struct RemovalDocument {
    let removal: Removal
    let baseURL: String

    var json: JSON {
        [
            "id": .string(removal.id.string), "kind": .string(removal.kind.rawValue),
            "subject": .string(removal.subject), "title": .string(removal.title),
            "pictures": .int(removal.pictures), "requested_at": .string(RFC3339.string(removal.requestedAt)),
            "requested_by": .optional(removal.requestedBy?.string),
            "final_at": .string(RFC3339.string(removal.dueAt)),
            "links": .links([
                Link(rel: "self", href: "\(baseURL)/api/removals/\(removal.id)"),
                Link(rel: "restore", href: "\(baseURL)/api/removals/\(removal.id)/restore"),
            ]),
        ]
    }
}
