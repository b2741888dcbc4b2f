import Domain

/// A rule as programs read it, and what it lets go of.
enum RetentionDocument {
    static func json(_ rules: [RetentionRule]) -> JSON {
        .object(
            JSONObject(
                members: RetentionRule.Class.allCases.map { what in
                    let rule = rules.first { $0.what == what }
                    return .init(
                        name: what.rawValue,
                        value: rule.map { ["days": .optional($0.days), "bytes": .optional($0.bytes)] } ?? .null)
                }))
    }

    static func json(_ plan: RetentionPlan) -> JSON {
        [
            "camera_label": .string(plan.rule.labelID.string), "class": .string(plan.rule.what.rawValue),
            "days": .optional(plan.rule.days), "size_limit": .optional(plan.rule.bytes), "count": .int(plan.count),
            "bytes": .int(plan.bytes), "owed": .int(plan.owed),
            "from": .optional(plan.from.map { RFC3339.string($0) }),
            "to": .optional(plan.to.map { RFC3339.string($0) }),
        ]
    }
}

extension JSON {
    fileprivate static func optional(_ value: Int?) -> JSON { value.map { .int($0) } ?? .null }
    fileprivate static func optional(_ value: Int64?) -> JSON { value.map { .int($0) } ?? .null }
}
