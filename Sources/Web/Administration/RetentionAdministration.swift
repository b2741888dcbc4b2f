import Catalogue
import Domain
import Foundation

/// What administrators decide about how long files are kept; shared by the API, the pages and the command line. Audited.
package struct RetentionAdministration: Sendable {
    private let catalogue: Catalogue

    package init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// The limits of a class; none of both: no rule.
    package struct Limits: Sendable, Hashable {
        package var days: Int?
        package var bytes: Int64?

        package init(days: Int? = nil, bytes: Int64? = nil) {
            self.days = days
            self.bytes = bytes
        }
    }

    /// - Throws: `.unprocessable` for numbers out of bounds.
    package func rules(
        _ limits: [RetentionRule.Class: Limits], of label: CameraLabelID
    ) throws -> [RetentionRule] {
        try RetentionRule.Class.allCases.compactMap { what in
            guard let limit = limits[what], limit.days != nil || limit.bytes != nil else { return nil }
            return try RetentionRule(labelID: label, what: what, days: limit.days, bytes: limit.bytes)
        }
    }

    /// Replaces the label's rules. Throws `.notFound`.
    package func set(_ rules: [RetentionRule], of label: CameraLabelID, by viewer: Viewer) async throws {
        guard try await Set(catalogue.retention.rules(of: label)) != Set(rules) else {
            // Only to say that there is no such label.
            _ = try await catalogue.labelWatches.find(label)
            return
        }
        try await catalogue.retention.set(rules, of: label, by: viewer, at: Date())
    }

    /// What these rules let go of now; changes nothing.
    package func plans(_ rules: [RetentionRule]) async throws -> [RetentionPlan] {
        let now = Date()
        var plans: [RetentionPlan] = []
        for rule in rules { plans.append(try await catalogue.retention.plan(rule, at: now)) }
        return plans
    }
}
