import Domain
import NIOCore

/// The plain fields that come with a file.
struct UploadForm {
    /// The path within the dropped folder, from our own clients; others only have a file name.
    private(set) var path: String?
    private(set) var pictureID: PictureID?
    /// As it is written; counts only where pictures are sent to a sequence one by one.
    private(set) var position: String?
    /// As it is written; the same.
    private(set) var id: String?

    /// Bytes of one field's value.
    static let maximumValue = 64 * 1024

    /// Takes a field; unknown ones are ignored. Throws `.unprocessable` for what would have to be done but is not.
    mutating func take(_ name: String, _ value: ByteBuffer) throws {
        let text = String(buffer: value)
        switch name {
        case "path":
            path = text
        case "picture_id" where !text.isEmpty:
            guard let id = PictureID(text) else {
                throw Failure(.unprocessable, "picture_id is not a UUID.", details: ["field": "picture_id"])
            }
            pictureID = id
        case "position": position = text
        case "id": id = text
        case _ where name.hasPrefix("override_") && !text.isEmpty:
            throw Failure(
                .unprocessable, "Overriding what the picture's own tags say (\(name.prefix(60))) is not supported.",
                details: ["field": String(name.prefix(60))])
        default:
            // `isBlurred` among them: every picture is redacted here, whatever is claimed.
            break
        }
    }
}
