import Domain
import HTTPTypes
import Hummingbird
import Intake

/// How far a file that comes in parts is, in header fields and as JSON.
struct PartialUploadDocument {
    let upload: PartialUpload
    let baseURL: String

    var url: String { "\(baseURL)/api/uploads/\(upload.id)" }

    var headers: HTTPFields {
        var headers: HTTPFields = [
            .uploadOffset: "\(upload.received)", .uploadLength: "\(upload.length)", .cacheControl: "no-store",
        ]
        switch upload.arrival {
        case .admitted(let picture):
            headers[.waysidePicture] = picture.string
            headers[.waysideOutcome] = "admitted"
        case .duplicate(let picture):
            headers[.waysidePicture] = picture.string
            headers[.waysideOutcome] = "duplicate"
        case nil: headers[.uploadExpires] = HTTPDate.string(upload.expiresAt)
        }
        return headers
    }

    var json: JSON {
        var object: JSONObject = [
            "id": .string(upload.id.text), "upload_set": .string(upload.uploadSetID.string),
            "length": .int(upload.length), "offset": .int(upload.received),
            "created": .string(RFC3339.string(upload.createdAt)),
        ]
        switch upload.arrival {
        case .admitted(let picture):
            object["outcome"] = "admitted"
            object["picture_id"] = .string(picture.string)
        case .duplicate(let picture):
            object["outcome"] = "duplicate"
            object["picture_id"] = .string(picture.string)
        case nil: object["expires"] = .string(RFC3339.string(upload.expiresAt))
        }
        object["links"] = .links([
            Link(rel: "self", href: url),
            Link(rel: "upload_set", href: "\(baseURL)/api/upload_sets/\(upload.uploadSetID)"),
        ])
        return .object(object)
    }
}
