/// A part of a redaction policy that has a name and is written as text: what commands and forms set, and what the audit log
/// compares.
package enum PolicySetting: String, Sendable, CaseIterable {
    case preset, subjects
    case faceThreshold = "face-threshold"
    case faceMargin = "face-margin"
    case plateThreshold = "plate-threshold"
    case plateMargin = "plate-margin"
    case skyUntil = "sky-until"
    case bonnetFrom = "bonnet-from"

    /// What stands for a number that is left to the model.
    package static let model = "model"

    private enum Place {
        case optional(WritableKeyPath<RedactionPolicy, Double?>)
        case number(WritableKeyPath<RedactionPolicy, Double>)
    }

    private var place: Place? {
        switch self {
        case .preset, .subjects: nil
        case .faceThreshold: .optional(\.face.threshold)
        case .faceMargin: .optional(\.face.margin)
        case .plateThreshold: .optional(\.plate.threshold)
        case .plateMargin: .optional(\.plate.margin)
        case .skyUntil: .number(\.rows.skyUntil)
        case .bonnetFrom: .number(\.rows.bonnetFrom)
        }
    }

    /// The value in a policy.
    package func text(of policy: RedactionPolicy) -> String {
        switch place {
        case .optional(let path): policy[keyPath: path].map { "\($0)" } ?? Self.model
        case .number(let path): "\(policy[keyPath: path])"
        case nil where self == .preset: policy.preset.rawValue
        case nil: policy.subjects.isEmpty ? "nothing" : policy.subjects.joined(separator: ",")
        }
    }

    /// Puts a value into a policy, which is to be validated afterwards; throws `.unprocessable` for what is none.
    package func set(_ text: String, in policy: inout RedactionPolicy) throws {
        switch place {
        case .optional(let path): policy[keyPath: path] = text == Self.model ? nil : try number(text)
        case .number(let path): policy[keyPath: path] = try number(text)
        case nil where self == .preset:
            guard let preset = RedactionPreset(rawValue: text) else {
                throw Failure(
                    .unprocessable, "The preset is one of none, fast, default, thorough.",
                    details: ["reason": "preset"])
            }
            policy.preset = preset
        case nil:
            policy.subjects = text == "nothing" ? [] : text.split(separator: ",").map(String.init)
        }
    }

    private func number(_ text: String) throws -> Double {
        guard let number = Double(text), number.isFinite else {
            throw Failure(.unprocessable, "\(rawValue) is a number, such as 0.3.", details: ["reason": "number"])
        }
        return number
    }
}

extension RedactionPolicy {
    /// What differs from the policy that was there before: name of the setting, `before → after`; masks by their points.
    package func changes(from before: RedactionPolicy) -> [String: String] {
        var changes: [String: String] = [:]
        for setting in PolicySetting.allCases {
            let (old, new) = (setting.text(of: before), setting.text(of: self))
            if old != new { changes[setting.rawValue] = "\(old) → \(new)" }
        }
        let masks = [
            ("masks-added", self.masks.filter { !before.masks.contains($0) }),
            ("masks-removed", before.masks.filter { !self.masks.contains($0) }),
        ]
        for (name, masks) in masks where !masks.isEmpty {
            changes[name] = masks.map(\.text).joined(separator: "; ")
        }
        return changes
    }
}
