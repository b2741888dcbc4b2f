import Domain

/// A receipt for something erased, on the wire.
struct ErasureDocument {
    let erasure: Erasure
    let baseURL: String

    /// Without proofs.
    var object: JSONObject {
        var object: JSONObject = [
            "id": .string(erasure.id.string), "kind": .string(erasure.kind.rawValue),
            "subject": .string(erasure.subject), "state": .string(erasure.finishedAt == nil ? "pending" : "done"),
            "requested_at": .string(RFC3339.string(erasure.requestedAt)),
            "requested_by": .optional(erasure.requestedBy?.string),
            "finished_at": .optional(erasure.finishedAt.map { RFC3339.string($0) }),
            "pictures": .int(erasure.pictures), "remaining": .int(erasure.remaining),
        ]
        if erasure.handedOver > 0 { object["handed_over"] = .int(erasure.handedOver) }
        object["links"] = .links([Link(rel: "self", href: "\(baseURL)/api/receipts/\(erasure.id)")])
        return object
    }

    /// The whole receipt. Proofs are given once everything is gone: before that they would prove nothing.
    func json(_ proofs: [Erasure.Proof]) -> JSON {
        var object = object
        guard erasure.finishedAt != nil else { return .object(object) }
        object["proof"] = [
            "method": "SHA-256(salt + SHA-256 of the received file), both as lower-case hexadecimal text",
            "salt": .string(erasure.salt),
            "pictures": .array(proofs.map { ["id": .string($0.picture.string), "digest": .string($0.digest)] }),
        ]
        return .object(object)
    }
}
