import Domain

/// A camera label on the wire.
struct LabelDocument {
    private let label: CameraLabel
    private let showsPolicy: Bool

    /// Thresholds, rows and masks are for administrators.
    init(_ label: CameraLabel, for viewer: Viewer) {
        self.label = label
        showsPolicy = viewer.seesEverything
    }

    var object: JSONObject {
        var object: JSONObject = [
            "id": .string(label.id.string), "name": .string(label.name),
            "redaction": .string(label.redaction.preset.rawValue), "originals": .string(label.originals.rawValue),
            "created_at": .string(RFC3339.string(label.createdAt)),
        ]
        if showsPolicy { object["redaction_policy"] = RedactionPolicyDocument(label.redaction).json }
        return object
    }

    var json: JSON { .object(object) }
}
