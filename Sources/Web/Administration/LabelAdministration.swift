import Catalogue
import Domain
import Foundation

/// What administrators do with camera labels and grants; shared by the API and the pages. Each step is audited.
package struct LabelAdministration: Sendable {
    private let catalogue: Catalogue

    package init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// - Parameter confirmsNoRedaction: must be true where faces and plates are not to be hidden.
    /// - Throws: `.unprocessable` for a bad name or a missing confirmation, `.conflict` for a taken name.
    package func create(
        name: String, confirmsNoRedaction: Bool = false, by viewer: Viewer,
        setting set: (inout RedactionPolicy) throws -> Void = { _ in }
    ) async throws -> CameraLabel {
        let usual = RedactionPolicy()
        var policy = usual
        try set(&policy)
        policy = try policy.validated()
        guard policy.leavesVisible.isEmpty || confirmsNoRedaction else { throw Self.confirmationNeeded }
        let label = CameraLabel(name: try CameraLabel.validName(name), redaction: policy)
        try await catalogue.labels.create(label)
        let details = ["preset": policy.preset.rawValue].merging(policy.changes(from: usual)) { $1 }
        try await audit("label.created", label, by: viewer, details: details)
        return label
    }

    /// Changes name or redaction policy, for pictures that are worked on from now on.
    ///
    /// - Parameter change: edits the policy; what it throws is thrown, and nothing is changed.
    /// - Throws: `.unprocessable` for a bad name, a bad policy, or one that hides less without the confirmation.
    package func update(
        _ id: CameraLabelID, name: String? = nil, confirmsNoRedaction: Bool = false, by viewer: Viewer,
        changing change: @escaping @Sendable (inout RedactionPolicy) throws -> Void = { _ in }
    ) async throws -> CameraLabel {
        let name = try name.map(CameraLabel.validName)
        let (before, after) = try await catalogue.labels.change(id) { label in
            if let name { label.name = name }
            var policy = label.redaction
            try change(&policy)
            policy = try policy.validated()
            if !policy.leavesVisible.isSubset(of: label.redaction.leavesVisible), !confirmsNoRedaction {
                throw Self.confirmationNeeded
            }
            label.redaction = policy
        }
        try await record(before, after, by: viewer)
        return after
    }

    private func record(_ before: CameraLabel, _ after: CameraLabel, by viewer: Viewer) async throws {
        var details = after.redaction.changes(from: before.redaction)
        if before.name != after.name { details["name"] = "\(before.name) → \(after.name)" }
        guard !details.isEmpty else { return }
        let hidesLess = !after.redaction.leavesVisible.isSubset(of: before.redaction.leavesVisible)
        try await audit(
            hidesLess ? "label.redaction-disabled" : "label.updated", after, by: viewer, details: details)
    }

    /// Says how the label's camera is mounted and set, for what comes from now on.
    package func mount(
        _ id: CameraLabelID, _ mounting: CameraMounting, by viewer: Viewer
    ) async throws -> CameraLabel {
        let (before, after) = try await catalogue.labels.change(id) { $0.mounting = mounting }
        guard before != after else { return after }
        let details = [
            "relative_heading": mounting.relativeHeading.map { "\($0)" } ?? "",
            "clock_zone": mounting.clockZone ?? "",
        ]
        try await audit("label.mounted", after, by: viewer, details: details)
        return after
    }

    /// Lets an account read the label, and send to it where its role allows.
    package func grant(_ label: CameraLabelID, to account: AccountID, by viewer: Viewer) async throws {
        let label = try await find(label)
        guard try await catalogue.accounts.find(account) != nil else { throw Failure.notFound("account") }
        try await catalogue.labels.grant(label.id, to: account)
        try await audit("label.granted", label, by: viewer, details: ["account": account.string])
    }

    /// Takes the grant away; none there is success.
    package func withdraw(_ label: CameraLabelID, from account: AccountID, by viewer: Viewer) async throws {
        let label = try await find(label)
        try await catalogue.labels.withdraw(label.id, from: account)
        try await audit("label.withdrawn", label, by: viewer, details: ["account": account.string])
    }

    private func find(_ id: CameraLabelID) async throws -> CameraLabel {
        guard let label = try await catalogue.labels.find(id, viewer: .system) else {
            throw Failure.notFound("camera label")
        }
        return label
    }

    private static let confirmationNeeded = Failure(
        .unprocessable, "Without redaction faces and number plates are shown to everybody with a grant: confirm it.",
        details: ["reason": "confirmation_needed"])

    private func audit(_ action: String, _ label: CameraLabel, by viewer: Viewer, details: [String: String])
        async throws
    {
        try await catalogue.audit.record(action, by: viewer, subject: label.id.string, details: details, at: Date())
    }
}
