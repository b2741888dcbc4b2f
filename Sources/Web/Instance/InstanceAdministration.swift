import Catalogue
import Domain
import Foundation

/// What administrators change of the whole instance; shared by the API and the pages. Each change is audited.
struct InstanceAdministration: Sendable {
    let services: WebServices

    /// Throws `.unprocessable` (`details["reason"]` says which) for what cannot be.
    func change(
        by viewer: Viewer, _ change: @escaping @Sendable (inout InstanceSettings) throws -> Void
    ) async throws -> InstanceSettings {
        let known = Language.allCases.map(\.rawValue)
        let settings = try await services.catalogue.instanceSettings.change(by: viewer, at: services.clock()) {
            settings in
            try change(&settings)
            settings.name = Self.filled(settings.name)
            settings.accent = Self.filled(settings.accent)?.lowercased()
            settings.terms = settings.terms.compactMapValues {
                Self.filled($0.replacing("\r\n", with: "\n"))
            }
            try settings.check(known: known)
        }
        services.instance.remember(settings)
        return settings
    }

    private static func filled(_ text: String?) -> String? {
        let text = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return text.isEmpty ? nil : text
    }
}
