import Catalogue
import Domain

/// How far a sequence and its pictures are (Panoramax `/api/collections/{id}/geovisio_status`).
struct CollectionStatusDocument {
    let summary: SequenceSummary
    let states: [PictureState]
    let baseURL: String

    var json: JSON {
        [
            "status": .string(CollectionDocument(summary: summary, baseURL: baseURL).status),
            "items": .array(states.map(item)),
        ]
    }

    private func item(_ state: PictureState) -> JSON {
        let isHidden = state.isHidden && state.status == .prepared
        var object: JSONObject = [
            "id": .string(state.id.string), "status": .string(isHidden ? "hidden" : state.status.wireName),
            "processing_in_progress": .bool(state.status == .preparing), "rank": .int(state.rank),
            "nb_errors": .int(state.errors),
        ]
        object["process_error"] = state.brokenReason.map(JSON.string)
        if state.status == .prepared { object["processed_at"] = .string(RFC3339.string(state.updatedAt)) }
        return .object(object)
    }
}
