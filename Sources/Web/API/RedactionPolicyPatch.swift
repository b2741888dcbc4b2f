import Domain

/// What a request changes of a label's redaction policy: the members it names, as in RFC 7396; lists are replaced whole.
struct RedactionPolicyPatch: Sendable {
    private let members: JSON

    init(_ members: JSON) { self.members = members }

    /// Throws `.invalid` for a member that is not known or of another type, `.unprocessable` for an outline that is none.
    func apply(to policy: inout RedactionPolicy) throws {
        for member in try Self.object(members, "redaction_policy") {
            switch member.name {
            case "subjects": policy.subjects = try Self.subjects(member.value)
            case "face": try Self.tune(&policy.face, member)
            case "plate": try Self.tune(&policy.plate, member)
            case "rows": try Self.limit(&policy.rows, member.value)
            case "masks": policy.masks = try Self.list(member.value, "masks").map(Self.mask)
            default: throw Self.unknown(member.name)
            }
        }
    }

    private static func tune(_ tuning: inout DetectionTuning, _ part: JSONObject.Member) throws {
        for member in try object(part.value, part.name) {
            let value = try member.value == .null ? nil : number(member.value, "\(part.name).\(member.name)")
            switch member.name {
            case "threshold": tuning.threshold = value
            case "margin": tuning.margin = value
            default: throw unknown("\(part.name).\(member.name)")
            }
        }
    }

    private static func limit(_ rows: inout SearchedRows, _ value: JSON) throws {
        for member in try object(value, "rows") {
            let value = try number(member.value, "rows.\(member.name)")
            switch member.name {
            case "sky_until": rows.skyUntil = value
            case "bonnet_from": rows.bonnetFrom = value
            default: throw unknown("rows.\(member.name)")
            }
        }
    }

    private static func subjects(_ value: JSON) throws -> [String] {
        try list(value, "subjects").map { each in
            guard case .string(let name) = each else { throw wrong("subjects") }
            return name
        }
    }

    private static func mask(_ value: JSON) throws -> Polygon {
        try Polygon(
            list(value, "masks").map { point in
                let pair = try list(point, "masks")
                guard pair.count == 2 else { throw wrong("masks") }
                return Polygon.Point(x: try number(pair[0], "masks"), y: try number(pair[1], "masks"))
            })
    }

    private static func object(_ value: JSON, _ name: String) throws -> [JSONObject.Member] {
        guard case .object(let object) = value else { throw wrong(name) }
        return object.members
    }

    private static func list(_ value: JSON, _ name: String) throws -> [JSON] {
        guard case .array(let values) = value else { throw wrong(name) }
        return values
    }

    private static func number(_ value: JSON, _ name: String) throws -> Double {
        switch value {
        case .int(let number): return Double(number)
        case .double(let number): return number
        default: throw wrong(name)
        }
    }

    private static func wrong(_ name: String) -> Failure {
        Failure(.invalid, "The field '\(name)' of redaction_policy has the wrong type.")
    }

    private static func unknown(_ name: String) -> Failure {
        Failure(.invalid, "The redaction policy has no member '\(name.prefix(80))'.")
    }
}
