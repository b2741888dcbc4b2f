import Domain

/// What is hidden in a picture, and why.
struct RedactionListDocument {
    let picture: Picture
    let corrections: [Correction]
    /// Whether something can be shown again without sending the original.
    let hasOriginal: Bool

    var json: JSON {
        let hd = picture.derivatives.first { $0.kind == .hd }
        return [
            "picture": .string(picture.id.string), "revision": .int(picture.revision),
            "status": .string(picture.status.wireName), "is_done": .bool(picture.status == .prepared),
            "width": hd.map { .int($0.width) } ?? .null, "height": hd.map { .int($0.height) } ?? .null,
            "has_original": .bool(hasOriginal), "original_name": .string(picture.originalName),
            "original_sha256": .string(picture.originalSHA256),
            "redactions": .array(findings + people),
        ]
    }

    private var findings: [JSON] {
        picture.redactions.enumerated().compactMap { index, redaction in
            // What people drew is listed as they drew it.
            guard redaction.subject != .region else { return nil }
            var object: JSONObject = [
                "id": .string(RedactionName.finding(revision: picture.revision, index: index).text),
                "by": .string(redaction.subject == .mask ? "mask" : "model"),
                "subject": .string(redaction.subject.rawValue), "model": .string(redaction.model),
                "score": .rounded(redaction.score, places: 3), "bbox": Self.box(redaction), "is_done": true,
            ]
            object["polygon"] = redaction.polygon.map(Self.points)
            return .object(object)
        }
    }

    private var people: [JSON] {
        corrections.compactMap { correction in
            guard let region = correction.region else { return nil }
            return [
                "id": .string(RedactionName.correction(correction.id).text), "by": "person",
                "subject": .string(Redaction.Subject.region.rawValue), "polygon": Self.points(region),
                "bbox": Self.box(Redaction(subject: .region, polygon: region, model: "person")),
                "account": .optional(correction.accountID?.string),
                "created": .string(RFC3339.string(correction.createdAt)),
                "is_done": .bool(correction.appliedRevision != nil),
            ]
        }
    }

    private static func box(_ redaction: Redaction) -> JSON {
        [.int(redaction.x), .int(redaction.y), .int(redaction.width), .int(redaction.height)]
    }

    private static func points(_ polygon: Polygon) -> JSON {
        .array(polygon.points.map { [.rounded($0.x, places: 1), .rounded($0.y, places: 1)] })
    }
}
