import Domain

/// A label's redaction policy on the wire, all but the preset, which is a member of the label.
struct RedactionPolicyDocument {
    private let policy: RedactionPolicy

    init(_ policy: RedactionPolicy) { self.policy = policy }

    /// A number that is null is left to the model.
    var json: JSON {
        [
            "subjects": .array(policy.subjects.map(JSON.string)),
            "face": Self.tuning(policy.face), "plate": Self.tuning(policy.plate),
            "rows": [
                "sky_until": .double(policy.rows.skyUntil), "bonnet_from": .double(policy.rows.bonnetFrom),
            ],
            "masks": .array(policy.masks.map(Self.mask)),
        ]
    }

    private static func tuning(_ tuning: DetectionTuning) -> JSON {
        ["threshold": number(tuning.threshold), "margin": number(tuning.margin)]
    }

    private static func number(_ value: Double?) -> JSON { value.map(JSON.double) ?? .null }

    private static func mask(_ mask: Polygon) -> JSON {
        .array(mask.points.map { .array([.double($0.x), .double($0.y)]) })
    }
}
