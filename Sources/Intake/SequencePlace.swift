import Domain

/// Where a picture belongs that is sent to its sequence by itself. The position becomes a folder, so that the order of
/// names is the order of positions.
struct SequencePlace {
    /// From 1.
    let position: Int
    /// Chosen by the sender.
    let pictureID: PictureID?

    private static let digits = 7

    /// Throws `.unprocessable` without a position from 1, and for an id that is none.
    init(_ form: UploadForm) throws {
        guard let text = form.position, let position = Int(text), (1...9_999_999).contains(position) else {
            throw Failure(
                .unprocessable, "The field 'position' is a whole number from 1, and has to be there.",
                details: ["field": "position"])
        }
        self.position = position
        guard let text = form.id, !text.isEmpty else {
            pictureID = form.pictureID
            return
        }
        guard let id = PictureID(text) else {
            throw Failure(.unprocessable, "id is not a UUID.", details: ["field": "id"])
        }
        pictureID = id
    }

    /// `0000012`.
    var folder: String {
        let text = String(position)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    func path(of name: String) -> String { "\(folder)/\(name)" }
}
