import Catalogue
import Domain

/// One file of an upload set on the wire. `rejected` is absent when it became a picture: clients look for the name.
struct UploadFileDocument {
    let file: UploadFile
    let baseURL: String
    /// In the language of who asked.
    let sentences: Sentences
    /// What is left of a raw file, for its owner and administrators.
    var raw: RawStore.State?

    var json: JSON {
        var object: JSONObject = [
            "file_name": .string(file.path), "size": .int(file.size), "content_md5": .string(file.md5),
            "content_sha256": .string(file.sha256), "inserted_at": .string(RFC3339.string(file.receivedAt)),
            "file_type": "picture",
        ]
        if let picture = file.pictureID { object["picture_id"] = .string(picture.string) }
        if let raw { object["raw"] = .string(raw.rawValue) }
        if let end = file.heldUntil {
            object["held"] = [
                "message": .string(sentences("This file is waiting for a place.")),
                "until": .string(RFC3339.string(end)),
            ]
        }
        if let rejection = file.rejection { object["rejected"] = Self.rejected(rejection, sentences) }
        let links = file.pictureID.map {
            [Link(rel: "item", href: "\(baseURL)/api/pictures/\($0)", type: Link.geoJSON)]
        }
        object["links"] = .links(links ?? [])
        return .object(object)
    }

    static func rejected(_ rejection: Rejection, _ sentences: Sentences) -> JSON {
        let details = rejection.details.sorted { $0.key < $1.key }
            .map { JSONObject.Member(name: $0.key, value: .string($0.value)) }
        return .object([
            "reason": .string(rejection.reason.rawValue), "severity": .string(severity(rejection.reason)),
            "message": .string(sentences(rejection.message)), "details": .object(JSONObject(members: details)),
        ])
    }

    private static func severity(_ reason: Rejection.Reason) -> String {
        switch reason {
        case .captureDuplicate, .fileDuplicate, .inExcludedArea: "info"
        case .invalidFile, .invalidMetadata, .otherError: "error"
        }
    }
}
