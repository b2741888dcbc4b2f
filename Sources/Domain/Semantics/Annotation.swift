package typealias AnnotationID = Identifier<Annotation>

/// A region of a picture with a meaning. The same shape on the same picture is the same annotation; without a meaning
/// there is none.
package struct Annotation: Hashable, Sendable {
    package let id: AnnotationID
    package let pictureID: PictureID
    /// In pixels of the picture as displayed.
    package let shape: Polygon
    /// What people said of it, in order.
    package var tags: [SemanticTag]
    /// What models found exactly there.
    package var findings: [Finding]

    /// A finding without its box, which is the annotation's shape.
    package struct Finding: Hashable, Sendable {
        package let className: String
        /// 0–1.
        package let score: Double
        package let model: String

        package init(className: String, score: Double, model: String) {
            self.className = className
            self.score = score
            self.model = model
        }
    }

    package init(
        id: AnnotationID = AnnotationID(), pictureID: PictureID, shape: Polygon, tags: [SemanticTag] = [],
        findings: [Finding] = []
    ) {
        self.id = id
        self.pictureID = pictureID
        self.shape = shape
        self.tags = tags
        self.findings = findings
    }

    /// Everything that is said of the region: the findings in Panoramax' form, then the tags.
    package var semantics: [SemanticTag] {
        let found = findings.flatMap(\.semantics)
        return found + tags.filter { !found.contains($0) }
    }
}

extension Annotation.Finding {
    /// The key under which the class of a finding appears.
    package static let key = "wayside|object"

    /// `wayside|object=CLASS`, and the model and score of that tag as Panoramax' qualifiers.
    package var semantics: [SemanticTag] {
        let pair = "\(Self.key)=\(className)"
        return [
            SemanticTag(key: Self.key, value: className),
            SemanticTag(key: "detection_model[\(pair)]", value: model),
            SemanticTag(key: "detection_confidence[\(pair)]", value: Self.text(score)),
        ]
    }

    /// Three decimals.
    private static func text(_ score: Double) -> String {
        let thousandths = String(Int((min(1, max(0, score)) * 1000).rounded()))
        guard thousandths.count < 4 else { return "1.000" }
        return "0." + String(repeating: "0", count: 3 - thousandths.count) + thousandths
    }
}
