import Catalogue
import Domain

/// What a client sends to change many pictures, JSON: which ones (`ids`, or a `search` with the fields of
/// `POST /api/search`), and what of them.
struct BulkRequest: Decodable {
    private let ids: [String]?
    /// Of a deletion: it is to be possible to take it back.
    let undo: Bool?
    private let search: AnyJSON?
    let cameraLabel: String?
    private let visibility: String?
    private let heading: Lenient<Double>?
    private let headingOffset: Lenient<Double>?
    private let timeOffset: Lenient<Double>?
    private let rotation: Int?
    private let semantics: [SemanticsRequest]?

    enum CodingKeys: String, CodingKey {
        case ids, undo, search, visibility, heading, rotation, semantics
        case cameraLabel = "camera_label"
        case headingOffset = "heading_offset"
        case timeOffset = "time_offset"
    }

    /// Throws `.invalid` unless there is one of `ids` and `search`, and for a search that is none.
    func selection() throws -> BulkSelection {
        switch (ids, search?.value) {
        case (let ids?, nil):
            return .pictures(
                try ids.map { text in
                    guard let id = PictureID(text) else {
                        throw Failure(.invalid, "'ids' holds identifiers of pictures.")
                    }
                    return id
                })
        case (nil, let search?): return .search(try SearchRequest(body: search).query)
        default: throw Failure(.invalid, "Say which pictures are meant: 'ids', or a 'search'.")
        }
    }

    /// Throws `.unprocessable` with the rule that is broken.
    func edit(label: CameraLabelID?, isPublic: Bool) throws -> PictureBulkEdit {
        if let rotation, ![0, 90, 180, 270, -90, -180, -270].contains(rotation) {
            throw Failure(.unprocessable, "rotation is 90, 180 or 270 degrees clockwise.")
        }
        return try PictureBulkEdit(
            label: label, visibility: try UploadSetRequest.visibility(visibility, isPublic: isPublic),
            heading: heading?.value, headingOffset: headingOffset?.value, timeOffset: timeOffset?.value,
            quarterTurns: (rotation ?? 0) / 90, tags: try SemanticsRequest.changes(semantics))
    }
}
