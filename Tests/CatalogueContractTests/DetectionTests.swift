import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Detections")
struct DetectionTests {

    private func found(_ model: String, _ names: [String], x: Int = 100) -> ModelFindings {
        ModelFindings(
            model: model,
            detections: names.enumerated().map {
                Detection(className: $1, score: 0.75, x: x + 50 * $0, y: 10, width: 20, height: 20)
            })
    }

    /// Runs a queued detection of the model, as a worker would.
    private func run(_ findings: ModelFindings, _ scene: SemanticScene) async throws {
        let count = try await scene.catalogue.detections.queue(
            findings.model, on: .picture(scene.picture), at: .now)
        #expect(count == 1)
        let job = try #require(try await scene.test.claim().first)
        #expect(job.step == .detect(scene.picture, model: findings.model))
        try await scene.catalogue.detections.detected(findings, on: scene.picture, ending: job)
    }

    @Test(
        "a re-run replaces that model's findings and no other's, nor what people said",
        arguments: CatalogueEngines.allCases)
    func replacing(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        try await run(found("signs", ["stop", "yield"]), scene)
        try await run(found("horses", ["horse"], x: 100), scene)
        // Where the first model found a stop sign the second saw a horse: one shape, one annotation.
        var item = try await scene.item()
        #expect(item.annotations.count == 2)
        let both = try #require(item.annotations.first { $0.findings.count == 2 })
        #expect(Set(both.findings.map(\.className)) == ["horse", "stop"])
        #expect(
            both.semantics.map { "\($0.key)=\($0.value)" } == [
                "wayside|object=horse", "detection_model[wayside|object=horse]=horses",
                "detection_confidence[wayside|object=horse]=0.750", "wayside|object=stop",
                "detection_model[wayside|object=stop]=signs", "detection_confidence[wayside|object=stop]=0.750",
            ])
        let yielding = try #require(item.annotations.first { $0.findings.map(\.className) == ["yield"] })
        _ = try await scene.catalogue.annotations.edit(
            yielding.id, [.init(.add, SemanticTag(key: "state", value: "bent"))], by: scene.owner.viewer)

        try await run(found("signs", ["stop"]), scene)
        item = try await scene.item()
        #expect(item.annotations.first { $0.id == both.id }?.findings.count == 2)
        let bent = try #require(item.annotations.first { $0.id == yielding.id })
        #expect(bent.findings.isEmpty && bent.tags == [SemanticTag(key: "state", value: "bent")])

        try await run(found("signs", []), scene)
        item = try await scene.item()
        #expect(item.annotations.first { $0.id == both.id }?.findings.map(\.model) == ["horses"])
        #expect(
            try await scene.catalogue.detections.counts(of: "horses", on: .label(scene.label.id)) == ["horse": 1])
        #expect(try await scene.catalogue.detections.counts(of: "signs", on: .label(scene.label.id)).isEmpty)
    }

    @Test(
        "who takes a finding's tag away takes the finding away",
        arguments: CatalogueEngines.allCases)
    func denying(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        try await run(found("signs", ["stop"]), scene)
        let annotation = try #require(try await scene.item().annotations.first)
        let tag = SemanticTag(key: "wayside|object", value: "stop")
        await #expect(throws: Failure.self) {
            _ = try await scene.catalogue.annotations.edit(annotation.id, [.init(.add, tag)], by: .system)
        }
        #expect(
            try await scene.catalogue.annotations.edit(
                annotation.id, [.init(.delete, tag)], by: scene.owner.viewer) == nil)
        #expect(try await scene.item().annotations.isEmpty)
    }

    @Test(
        "what is developed anew keeps the findings of other models",
        arguments: CatalogueEngines.allCases)
    func developing(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        try await run(found("signs", ["stop"]), scene)
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let picture = try await scene.test.admit(TestPicture("new.jpg"), to: set)
        let tags = TestPicture("new.jpg").tags
        for _ in 0..<2 {
            for job in try await scene.test.claim() {
                switch job.step {
                case .develop:
                    try await scene.catalogue.pictures.developed(
                        picture, tags: tags, redactions: [], findings: [found("centerface", ["face"])],
                        derivatives: TestCatalogue.derivatives(of: tags), revision: 1, asking: ["signs"], ending: job)
                default: try await scene.test.work(on: job)
                }
            }
        }
        let annotations = try await scene.catalogue.annotations.list(of: picture, viewer: .system)
        #expect(annotations.flatMap(\.findings).map(\.model) == ["centerface"])
        // The model that is asked about every picture is queued with it.
        #expect(try await scene.test.claim().map(\.step) == [.detect(picture, model: "signs")])
    }

    @Test(
        "a run that is given up is told with its reason, until it succeeds",
        arguments: CatalogueEngines.allCases)
    func failing(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let detections = scene.catalogue.detections, pictures = PictureScope.sequence(scene.sequence)
        #expect(try await detections.queue("signs", on: pictures, at: .now) == 1)
        #expect(try await detections.waiting(for: "signs") == 1)
        #expect(try await detections.waiting(for: "sign") == 0)
        let job = try #require(try await scene.test.claim().first)
        try await detections.failed("signs", on: scene.picture, reason: "It is bad.", ending: job)
        #expect(try await detections.failures(of: "signs", on: pictures) == ["It is bad.": 1])
        #expect(try await detections.waiting(for: "signs") == 0)
        #expect(try await scene.item().picture.status == .prepared)
        try await run(found("signs", ["stop"]), scene)
        #expect(try await detections.failures(of: "signs", on: pictures).isEmpty)
    }

    @Test(
        "a run whose lease was lost changes nothing; a deleted picture's runs are gone",
        arguments: CatalogueEngines.allCases)
    func leases(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let detections = scene.catalogue.detections
        _ = try await detections.queue("signs", on: .label(scene.label.id), at: .now)
        let lost = try #require(try await scene.test.claim().first)
        // Asked for again meanwhile.
        _ = try await detections.queue("signs", on: .label(scene.label.id), at: .now)
        await #expect(throws: Failure.self) {
            try await detections.detected(found("signs", ["stop"]), on: scene.picture, ending: lost)
        }
        #expect(try await scene.item().annotations.isEmpty)
        try await scene.catalogue.pictures.delete(scene.picture)
        #expect(try await scene.catalogue.jobs.counts() == ["erase": 1])
    }
}
