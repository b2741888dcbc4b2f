import Catalogue
import Domain
import Foundation
import Storage

/// What administrators decide about originals; shared by the API, the pages and the command line. Each step is audited.
package struct OriginalsAdministration: Sendable {
    private let catalogue: Catalogue

    package init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// Registers a public key; one that is there already is given back as it is.
    ///
    /// - Throws: `.unprocessable` for a bad name or a text that is no public key, `.conflict` for a taken name.
    package func addKey(name: String, publicKey text: String, by viewer: Viewer) async throws -> SealingKey {
        let key = try PublicSealingKey(text)
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...80).contains(name.count), !name.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw Failure(.unprocessable, "A key's name has 1 to 80 characters.", details: ["reason": "key_name"])
        }
        if let known = try await catalogue.sealingKeys.find(key.id) { return known }
        let added = try await catalogue.sealingKeys.add(SealingKey(id: key.id, name: name, publicKey: key.text))
        try await catalogue.audit.record(
            "sealing-key.added", by: viewer, subject: added.id, details: ["name": added.name], at: Date())
        return added
    }

    /// What somebody asks for.
    package struct Wish: Sendable {
        package var policy: OriginalsPolicy
        /// A key's name or id, or a public key, which is then registered; nil: the one the label has.
        package var key: String?
        /// Nil: without a limit.
        package var days: Int?
        /// Whether raw files are taken; nil: as before.
        package var takesRaw: Bool?

        package init(policy: OriginalsPolicy, key: String? = nil, days: Int? = nil, takesRaw: Bool? = nil) {
            self.policy = policy
            self.key = key
            self.days = days
            self.takesRaw = takesRaw
        }
    }

    /// Sets the rule for pictures that are not prepared yet.
    ///
    /// - Throws: `.unprocessable` when it lacks its key or has odd days, `.notFound` for the label.
    package func setRule(_ wish: Wish, of label: CameraLabelID, by viewer: Viewer) async throws -> OriginalsRule {
        let before = try await catalogue.originals.rule(of: label)
        var keyID = before.keyID
        if wish.policy == .sealed, let key = wish.key, !key.isEmpty { keyID = try await self.key(key, by: viewer).id }
        let rule = try OriginalsRule(
            wish.policy, keyID: keyID, days: wish.days, takesRaw: wish.takesRaw ?? before.takesRaw)
        guard rule != before else { return rule }
        try await catalogue.originals.setRule(rule, of: label)
        var details = ["before": before.policy.rawValue, "after": rule.policy.rawValue]
        details["key"] = rule.keyID
        details["days"] = rule.days.map { "\($0)" }
        if rule.takesRaw != before.takesRaw { details["raw"] = rule.takesRaw ? "taken" : "refused" }
        try await catalogue.audit.record(
            "label.originals-changed", by: viewer, subject: label.string, details: details, at: Date())
        return rule
    }

    /// Lets go of every original of the label that is in the store; how many. The running server removes them within
    /// seconds.
    package func discardStored(of label: CameraLabelID, by viewer: Viewer) async throws -> Int {
        _ = try await catalogue.originals.rule(of: label)
        let count = try await catalogue.originals.expire(label: label, at: Date())
        try await catalogue.audit.record(
            "label.originals-discarded", by: viewer, subject: label.string, details: ["count": "\(count)"], at: Date())
        return count
    }

    private func key(_ text: String, by viewer: Viewer) async throws -> SealingKey {
        if text.contains(":"), text.hasPrefix("wayside-") {
            let id = try PublicSealingKey(text).id
            return try await addKey(name: "key \(id.prefix(8))", publicKey: text, by: viewer)
        }
        if let key = try await catalogue.sealingKeys.find(text) { return key }
        if let key = try await catalogue.sealingKeys.find(name: text) { return key }
        throw Failure(
            .unprocessable, "There is no key “\(text.prefix(80))”: add its public half first.",
            details: ["reason": "key_unknown"])
    }
}
