import Domain

/// A transfer on the wire, with the fields that Panoramax clients poll.
struct TransferDocument {
    let transfer: Transfer
    /// The sequence here, once there is one.
    let sequence: SequenceID?
    /// Whether everything that came is prepared.
    let isReady: Bool
    let baseURL: String
    /// In the language of who asked.
    let sentences: Sentences

    var json: JSON {
        var object: JSONObject = [
            "id": .string(transfer.id.string), "status": .string(word),
            "collection_location": .string(transfer.source), "collection": .object(collection),
            "jobs": .array(jobs), "upload_set": .string(transfer.uploadSetID.string),
            "created_at": .string(RFC3339.string(transfer.createdAt)),
        ]
        object["finished_at"] = transfer.finishedAt.map { .string(RFC3339.string($0)) }
        object["error"] = transfer.error.map { .string(sentences($0)) }
        object["links"] = .links([
            Link(rel: "self", href: "\(baseURL)/api/transfers/\(transfer.id)"),
            Link(rel: "upload_set", href: "\(baseURL)/api/upload_sets/\(transfer.uploadSetID)"),
        ])
        return .object(object)
    }

    private var word: String {
        switch transfer.status {
        case .waiting: "waiting"
        case .running: "transferring"
        case .finished: "finished"
        case .failed: "failed"
        }
    }

    /// Before there is a sequence here, the upload set stands for it.
    private var collection: JSONObject {
        [
            "id": .string(sequence?.string ?? transfer.uploadSetID.string),
            "status": .string(isReady ? "ready" : "preparing"), "nb_items_to_transfer": .int(transfer.pictures),
            "nb_transfered_items": .int(transfer.fetched),
        ]
    }

    private var jobs: [JSON] {
        guard let started = transfer.startedAt else { return [] }
        var job: JSONObject = ["started_at": .string(RFC3339.string(started))]
        job["finished_at"] = .optional(transfer.finishedAt.map(RFC3339.string))
        job["error"] = .optional(transfer.error.map { sentences($0) })
        return [.object(job)]
    }
}
