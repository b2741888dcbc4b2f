import Catalogue
import Domain
import Foundation

/// Starting to look once more for what must be hidden, from the API and from pages.
struct RedactionRuns: Sendable {
    let catalogue: Catalogue

    /// How many pictures are owed it.
    func start(_ scope: PictureScope, preset: RedactionPreset?, by viewer: Viewer) async throws -> Int {
        try await catalogue.corrections.rerun(scope, preset: preset, by: viewer, at: .now)
    }

    /// Nil: as each camera label says. Throws `.unprocessable` for another word.
    static func preset(_ text: String?) throws -> RedactionPreset? {
        guard let text, !text.isEmpty else { return nil }
        guard let preset = RedactionPreset(rawValue: text), preset != .none else {
            throw Failure(.unprocessable, "'preset' is one of fast, default, thorough.")
        }
        return preset
    }
}
