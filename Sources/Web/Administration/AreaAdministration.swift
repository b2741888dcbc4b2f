import Catalogue
import Domain
import Foundation

/// What is done with areas where nothing may be shown; shared by the API and the pages. Each step of the instance's own
/// is written to the audit log.
struct AreaAdministration: Sendable {
    private let catalogue: Catalogue

    init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// Adds an area; how many pictures it hides.
    func add(_ area: ExcludedArea, by viewer: Viewer) async throws -> AreaEffect {
        let effect = try await catalogue.areas.add(area)
        try await audit("area.added", area.id.string, area.accountID, effect, by: viewer)
        return effect
    }

    /// Puts these in place of all areas of the instance.
    func replace(with areas: [ExcludedArea], by viewer: Viewer) async throws -> AreaEffect {
        let effect = try await catalogue.areas.replaceGeneral(with: areas)
        try await audit("areas.replaced", "\(areas.count)", nil, effect, by: viewer)
        return effect
    }

    func delete(_ id: ExcludedAreaID, of account: AccountID?, by viewer: Viewer) async throws -> AreaEffect {
        let effect = try await catalogue.areas.delete(id, of: account)
        try await audit("area.deleted", id.string, account, effect, by: viewer)
        return effect
    }

    private func audit(
        _ action: String, _ subject: String, _ account: AccountID?, _ effect: AreaEffect, by viewer: Viewer
    ) async throws {
        var details = ["hidden": "\(effect.hidden)", "shown": "\(effect.shown)"]
        details["account"] = account?.string
        try await catalogue.audit.record(action, by: viewer, subject: subject, details: details, at: Date())
    }
}
