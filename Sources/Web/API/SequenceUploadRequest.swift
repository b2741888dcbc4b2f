import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// What a client says of a collection that it will send pictures to one by one: as JSON, as a form, or nothing.
struct SequenceUploadRequest: Decodable {
    let title: String?
    let id: String?
    let cameraLabel: String?
    let visibility: String?

    enum CodingKeys: String, CodingKey {
        case title, id, visibility
        case cameraLabel = "camera_label"
    }

    static func read(_ request: Request) async throws -> SequenceUploadRequest {
        if request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true {
            let form = try await PageForm(request)
            return SequenceUploadRequest(
                title: form["title"], id: form["id"], cameraLabel: form["camera_label"],
                visibility: form["visibility"])
        }
        guard request.hasBody else {
            return SequenceUploadRequest(title: nil, id: nil, cameraLabel: nil, visibility: nil)
        }
        return try await request.decodeJSON(SequenceUploadRequest.self)
    }

    init(title: String?, id: String?, cameraLabel: String?, visibility: String?) {
        self.title = title.flatMap { $0.isEmpty ? nil : $0 }
        self.id = id.flatMap { $0.isEmpty ? nil : $0 }
        self.cameraLabel = cameraLabel
        self.visibility = visibility.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Throws `.unprocessable` for an id that is none.
    func validID() throws -> SequenceID {
        guard let text = id?.trimmed, !text.isEmpty else { return SequenceID() }
        guard let id = SequenceID(text) else { throw Failure(.unprocessable, "id is not a UUID.") }
        return id
    }

    /// As it is stored; without one, the day.
    func validTitle(at moment: Date) -> String {
        let given = title?.trimmed ?? ""
        if !given.isEmpty { return String(given.suffix(UploadSetRequest.longestTitle)) }
        return String(RFC3339.string(moment).prefix(10))
    }
}
