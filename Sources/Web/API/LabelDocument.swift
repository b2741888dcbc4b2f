import Domain

/// A camera label on the wire.
struct LabelDocument {
    private let label: CameraLabel

    init(_ label: CameraLabel) { self.label = label }

    var object: JSONObject {
        [
            "id": .string(label.id.string), "name": .string(label.name),
            "redaction": .string(label.redaction.preset.rawValue), "originals": .string(label.originals.rawValue),
            "created_at": .string(RFC3339.string(label.createdAt)),
        ]
    }

    var json: JSON { .object(object) }
}
