import Domain

/// A scheme of classes as programs read it.
struct ClassSchemeDocument {
    let scheme: ClassScheme
    /// The camera labels that the reader knows of: others are not named.
    let known: Set<CameraLabelID>

    var json: JSON {
        [
            "id": .string(scheme.id.string), "name": .string(scheme.name), "key": .string(scheme.key),
            "subject": .string(scheme.subject.rawValue), "classes": .array(scheme.classes.map(Self.json)),
            "camera_labels": labels, "created": .string(RFC3339.string(scheme.createdAt)),
        ]
    }

    /// Null: all.
    private var labels: JSON {
        guard let labels = scheme.labels else { return .null }
        return .array(labels.intersection(known).sorted().map { .string($0.string) })
    }

    private static func json(_ each: PictureClass) -> JSON {
        [
            "value": .string(each.value), "title": ["en": .string(each.english), "fr": .string(each.french)],
            "colour": .string(each.colour), "digit": each.digit.map { .int($0) } ?? .null,
        ]
    }

    static func json(_ state: ClassState) -> JSON {
        [
            "id": .string(state.pictureID.string), "rank": .int(state.rank),
            "values": .array(state.values.map { .string($0) }), "boxes": .int(state.boxes),
            "looked_through": .bool(state.isMarked), "done": .bool(state.isDone),
        ]
    }

    static func json(_ progress: ClassProgress) -> JSON {
        [
            "collection": .string(progress.sequenceID.string), "title": .string(progress.title),
            "camera_label": .string(progress.label), "captured_from": .string(RFC3339.string(progress.capturedFrom)),
            "pictures": .int(progress.pictures), "done": .int(progress.done),
        ]
    }
}
