import Domain
import Foundation
import Intake

/// What a tus client says of a file: `Upload-Metadata: filename RzEuSlBH,upload_set …`, values in base64.
struct TusMetadata {
    private let values: [String: String]

    /// Throws `.invalid` for what cannot be read, `.unprocessable` for what would have to be done but is not.
    init(_ text: String?) throws {
        var values: [String: String] = [:]
        for entry in (text ?? "").split(separator: ",") {
            let parts = entry.split(separator: " ")
            guard let name = parts.first.map(String.init), parts.count <= 2, values[name] == nil,
                let value = Self.decode(parts.dropFirst().first)
            else {
                throw Failure(
                    .invalid, "Upload-Metadata is a list of different names, each with a text in base64.",
                    details: ["field": String(parts.first?.prefix(60) ?? "")])
            }
            values[name] = value
        }
        if let name = values.first(where: { $0.key.hasPrefix("override_") && !$0.value.isEmpty })?.key {
            throw Failure(
                .unprocessable, "Overriding what the picture's own tags say (\(name.prefix(60))) is not supported.",
                details: ["field": String(name.prefix(60))])
        }
        self.values = values
    }

    private static func decode(_ value: Substring?) -> String? {
        guard let value else { return "" }
        return Data(base64Encoded: String(value)).flatMap { String(data: $0, encoding: .utf8) }
    }

    /// The path within the folder that is sent, where the client knows it; else the file's name.
    var name: String {
        for key in ["path", "relativePath", "filename", "name"] {
            // What Uppy writes for a file without a folder.
            if let value = values[key], !value.isEmpty, value != "null" { return value }
        }
        return ""
    }

    var uploadSet: String? { values["upload_set"].flatMap { $0.isEmpty ? nil : $0 } }
    var label: String? { values["label"] ?? values["camera_label"] }

    /// Of a file with a batch of its own; throws `.unprocessable` for what is neither `true` nor `false`.
    func holdsUnplaced() throws -> Bool {
        switch values["hold_unplaced"] {
        case "true": return true
        case nil, "", "false": return false
        default:
            throw Failure(
                .unprocessable, "hold_unplaced is 'true' or 'false'.", details: ["field": "hold_unplaced"])
        }
    }

    /// What is to be received; throws `.unprocessable` for an id or a digest that is none.
    func announcement(length: Int64) throws -> PartialAnnouncement {
        var picture: PictureID?
        if let text = values["picture_id"], !text.isEmpty {
            guard let id = PictureID(text) else {
                throw Failure(.unprocessable, "picture_id is not a UUID.", details: ["field": "picture_id"])
            }
            picture = id
        }
        let sha256 = values["sha256"].flatMap { $0.isEmpty ? nil : $0.lowercased() }
        if let sha256, sha256.utf8.count != 64 || !sha256.allSatisfy(\.isHexDigit) {
            throw Failure(.unprocessable, "sha256 is 64 hexadecimal digits.", details: ["field": "sha256"])
        }
        return PartialAnnouncement(name: name, length: length, sha256: sha256, pictureID: picture)
    }
}
