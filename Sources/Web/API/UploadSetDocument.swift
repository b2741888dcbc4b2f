import Catalogue
import Domain

/// An upload set on the wire.
struct UploadSetDocument {
    let set: UploadSet
    let status: UploadSetStatus
    let label: String
    let baseURL: String
    var neighbours = UploadSetNeighbours.none

    var json: JSON {
        let url = "\(baseURL)/api/upload_sets/\(set.id)"
        var object: JSONObject = [
            "id": .string(set.id.string), "account_id": .string(set.accountID.string), "title": .string(set.title),
            "camera_label": .string(label), "created_at": .string(RFC3339.string(set.createdAt)),
            "completed": .bool(set.completedAt != nil), "dispatched": .bool(set.dispatchedAt != nil),
            "ready": .bool(isReady), "visibility": .string(set.visibility.rawValue),
            "sort_method": .string(set.rules.sortMethod.rawValue),
        ]
        if let estimate = set.estimatedFiles { object["estimated_nb_files"] = .int(estimate) }
        addRules(to: &object)
        object["nb_items"] = .int(
            status.prepared + status.preparing + status.broken + status.notProcessed + status.held)
        var items = Self.items(
            prepared: status.prepared, preparing: status.preparing, broken: status.broken, rejected: status.rejected,
            notProcessed: status.notProcessed)
        // Clients that have not asked for it do not know the word.
        if set.holdsUnplaced {
            items["held"] = .int(status.held)
            object["hold_unplaced"] = true
        }
        object["items_status"] = .object(items)
        object["associated_collections"] = .array(status.parts.map(part))
        if !neighbours.takers.isEmpty { object["moved_to"] = .array(neighbours.takers.map(neighbour)) }
        if !neighbours.givers.isEmpty { object["came_from"] = .array(neighbours.givers.map(neighbour)) }
        object["semantics"] = SemanticsDocument.json(status.semantics)
        if let metadata = set.metadata.flatMap(JSON.init(parsing:)) { object["metadata"] = metadata }
        object["links"] = .links([
            Link(rel: "self", href: url), Link(rel: "edit", href: url, extra: ["method": "PATCH"]),
            Link(rel: "add_files", href: "\(url)/files", extra: ["method": "POST"]),
            Link(rel: "complete", href: "\(url)/complete", extra: ["method": "POST"]),
            Link(rel: "delete", href: url, extra: ["method": "DELETE"]),
        ])
        return .object(object)
    }

    /// Cut into sequences, and nothing left to do.
    private var isReady: Bool { self.set.completedAt != nil && set.dispatchedAt != nil && status.isSettled }

    private func addRules(to object: inout JSONObject) {
        let rules = set.rules
        object["no_split"] = .bool(rules.splitDistance == nil && rules.splitTime == nil)
        object["split_distance"] = rules.splitDistance.map(JSON.double)
        object["split_time"] = rules.splitTime.map(JSON.double)
        object["no_deduplication"] = .bool(rules.duplicateDistance == nil && rules.duplicateRotation == nil)
        object["duplicate_distance"] = rules.duplicateDistance.map(JSON.double)
        object["duplicate_rotation"] = rules.duplicateRotation.map(JSON.double)
        object["relative_heading"] = rules.relativeHeading.map(JSON.double)
    }

    private func neighbour(_ set: UploadSetNeighbours.Neighbour) -> JSON {
        .object([
            "id": .string(set.id.string), "title": .string(set.title), "nb_items": .int(set.pictures),
            "links": .links([Link(rel: "self", href: "\(baseURL)/api/upload_sets/\(set.id)")]),
        ])
    }

    private func part(_ part: UploadSetStatus.Part) -> JSON {
        let id = part.sequence.id
        let isReady = part.preparing == 0 && part.notProcessed == 0
        return .object([
            "id": .string(id.string), "title": .string(part.sequence.title),
            "nb_items": .int(part.prepared + part.preparing + part.broken + part.notProcessed),
            "extent": STACExtent.json(box: part.box, from: part.capturedFrom, to: part.capturedTo),
            "items_status": .object(
                Self.items(
                    prepared: part.prepared, preparing: part.preparing, broken: part.broken, rejected: 0,
                    notProcessed: part.notProcessed)),
            "ready": .bool(isReady),
            "links": .links([Link(rel: "self", href: "\(baseURL)/api/collections/\(id)")]),
        ])
    }

    private static func items(prepared: Int, preparing: Int, broken: Int, rejected: Int, notProcessed: Int)
        -> JSONObject
    {
        [
            "prepared": .int(prepared), "preparing": .int(preparing), "broken": .int(broken),
            "rejected": .int(rejected), "not_processed": .int(notProcessed),
        ]
    }
}
