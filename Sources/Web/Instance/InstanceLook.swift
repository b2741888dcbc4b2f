import Catalogue
import Domain
import Foundation
import Synchronization

/// What administrators say of the whole instance, as it is shown now: read anew when it is a second old, so that what
/// another process changes takes effect too.
package final class InstanceLook: Sendable {
    private struct Memory {
        var settings = InstanceSettings()
        var until = ContinuousClock.now
    }

    private let catalogue: Catalogue
    private let memory = Mutex(Memory())
    private static let remembered: Duration = .seconds(1)

    init(catalogue: Catalogue) { self.catalogue = catalogue }

    package var settings: InstanceSettings { memory.withLock { $0.settings } }

    /// Reads the settings when those that are known are old.
    func refresh() async throws {
        guard memory.withLock({ $0.until <= .now }) else { return }
        remember(try await catalogue.instanceSettings.find())
    }

    /// These hold from now on.
    func remember(_ settings: InstanceSettings) {
        memory.withLock { memory in
            memory.settings = settings
            memory.until = .now + Self.remembered
        }
    }

    /// The languages that pages are offered in, the first for who prefers none.
    ///
    /// - Parameter fallback: of the server's settings.
    func languages(fallback: Language) -> [Language] {
        let chosen = settings.languages.compactMap(Language.init(rawValue:))
        return chosen.isEmpty ? [fallback] + Language.allCases.filter { $0 != fallback } : chosen
    }
}

extension WebServices {
    /// What the instance is called.
    var instanceName: String { instance.settings.name ?? configuration.instanceName }

    /// The configuration with what administrators have said since.
    var shownConfiguration: WebConfiguration {
        var configuration = configuration
        configuration.instanceName = instanceName
        return configuration
    }

    var languages: [Language] { instance.languages(fallback: configuration.defaultLanguage) }

    /// The terms of use for a reader; nil when there are none in any language.
    func terms(_ language: Language) -> (language: Language, text: String)? {
        let terms = instance.settings.terms
        for candidate in [language] + languages + Language.allCases {
            if let text = terms[candidate.rawValue], !text.isEmpty { return (candidate, text) }
        }
        return nil
    }
}
