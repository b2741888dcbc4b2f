import Domain

/// An annotation on the wire: Panoramax' form, and what models found in one of our own.
struct AnnotationDocument {
    let annotation: Annotation

    var json: JSON {
        [
            "id": .string(annotation.id.string), "picture_id": .string(annotation.pictureID.string),
            "shape": ["type": "Polygon", "coordinates": [ring]],
            "semantics": SemanticsDocument.json(annotation.semantics),
            "wayside:findings": .array(
                annotation.findings.map {
                    [
                        "class": .string($0.className), "score": .rounded($0.score, places: 3),
                        "model": .string($0.model),
                    ]
                }),
        ]
    }

    /// Closed, as RFC 7946 §3.1.6 asks.
    private var ring: JSON {
        let points = annotation.shape.points + annotation.shape.points.prefix(1)
        return .array(points.map { [.double($0.x), .double($0.y)] })
    }
}
