import Domain

/// A label's first processing on the wire: each setting by its name, as text.
struct ProcessingDocument {
    private let rule: FirstProcessing
    private let hasLogo: Bool

    init(_ rule: FirstProcessing, hasLogo: Bool) {
        self.rule = rule
        self.hasLogo = hasLogo
    }

    var json: JSON {
        var object = JSONObject()
        for setting in ProcessingSetting.allCases { object[Self.name(setting)] = .string(setting.text(of: rule)) }
        object["has_logo"] = .bool(hasLogo)
        return .object(object)
    }

    private static func name(_ setting: ProcessingSetting) -> String {
        setting.rawValue.replacing("-", with: "_")
    }

    /// What a request changes: the members it names, as text or numbers; null is `none`. Throws `.invalid`.
    static func settings(_ json: JSON) throws -> [ProcessingSetting: String] {
        guard case .object(let object) = json else {
            throw Failure(.invalid, "The first processing is an object of settings.")
        }
        var settings: [ProcessingSetting: String] = [:]
        for member in object.members {
            guard let setting = ProcessingSetting.allCases.first(where: { name($0) == member.name }) else {
                throw Failure(.invalid, "There is no setting '\(member.name)' of the first processing.")
            }
            settings[setting] = try text(member.value, member.name)
        }
        return settings
    }

    private static func text(_ value: JSON, _ name: String) throws -> String {
        switch value {
        case .string(let text): return text
        case .int(let number): return "\(number)"
        case .double(let number): return "\(number)"
        case .null: return ProcessingSetting.none
        default: throw Failure(.invalid, "'\(name)' is a text or a number.")
        }
    }
}
