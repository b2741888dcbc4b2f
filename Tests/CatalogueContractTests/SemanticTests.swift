import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Tags, annotations and detections")
struct SemanticTests {
    private struct Scene {
        let test: TestCatalogue
        let label: CameraLabel
        let owner: Account
        let set: UploadSet
        let picture: PictureID
        let sequence: SequenceID

        init(_ engine: CatalogueEngines) async throws {
            let test = try await TestCatalogue(engine), label = try await test.addLabel("CAM")
            let owner = try await test.addAccount("owner", .field, grants: [label])
            let added = try await test.addPreparedPictures([TestPicture()], by: owner, label: label)
            let picture = try #require(added.pictures.first)
            let sequence = try await test.catalogue.pictures.find(picture, viewer: .system)?.sequenceID
            self.sequence = try #require(sequence)
            self.picture = picture
            self.test = test
            self.label = label
            self.owner = owner
            set = added.set
        }

        var catalogue: Catalogue { test.catalogue }

        func item() async throws -> PictureItem {
            let found = try await catalogue.pictures.item(picture, viewer: owner.viewer)
            return try #require(found)
        }
    }

    private let stop = SemanticTag(key: "osm|traffic_sign", value: "stop")
    private let yield = SemanticTag(key: "osm|traffic_sign", value: "give_way")
    private let shape = Polygon(x: 10, y: 20, width: 30, height: 40)

    @Test(
        "several values of a key stand side by side; the same pair twice is refused and changes nothing",
        arguments: CatalogueEngines.allCases)
    func pairs(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let semantics = scene.catalogue.semantics
        for subject in [
            SemanticSubject.picture(scene.picture), .sequence(scene.sequence), .uploadSet(scene.set.id),
        ] {
            try await semantics.edit(subject, [.init(.add, stop), .init(.add, yield)], by: scene.owner.viewer)
            #expect(try await semantics.tags(of: subject) == [yield, stop])
            await #expect(throws: Failure.self) {
                try await semantics.edit(
                    subject, [.init(.delete, yield), .init(.add, stop)], by: scene.owner.viewer)
            }
            #expect(try await semantics.tags(of: subject) == [yield, stop])
            try await semantics.edit(subject, [.init(.delete, stop)], by: scene.owner.viewer)
            await #expect(throws: Failure.self) {
                try await semantics.edit(subject, [.init(.delete, stop)], by: scene.owner.viewer)
            }
            if case .uploadSet = subject { continue }
            // Begin the next alone.
            try await semantics.edit(subject, [.init(.delete, yield)], by: scene.owner.viewer)
        }
    }

    @Test(
        "documents carry the tags: of the picture, of its sequence, of the upload set",
        arguments: CatalogueEngines.allCases)
    func documents(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        try await scene.catalogue.semantics.edit(
            .picture(scene.picture), [.init(.add, stop)], by: scene.owner.viewer)
        try await scene.catalogue.semantics.edit(
            .sequence(scene.sequence), [.init(.add, yield)], by: scene.owner.viewer)
        let item = try await scene.item()
        #expect(item.semantics == [stop])
        #expect(item.sequenceSemantics == [yield])
        let viewer = scene.owner.viewer
        #expect(try await scene.catalogue.sequences.find(scene.sequence, viewer: viewer)?.semantics == [yield])
        #expect(
            try await scene.catalogue.sequences.list(SequenceQuery(limit: 5), viewer: viewer).map(\.semantics)
                == [[yield]])
        #expect(try await scene.catalogue.pictures.search(PictureQuery(), viewer: viewer).map(\.semantics) == [[stop]])
        #expect(
            try await scene.catalogue.pictures.items(of: scene.sequence, afterRank: 0, limit: 5, viewer: viewer)
                .map(\.semantics) == [[stop]])
    }

    @Test(
        "sequences follow their upload set, also those that are cut later",
        arguments: CatalogueEngines.allCases)
    func inheritance(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let semantics = scene.catalogue.semantics
        try await semantics.edit(.sequence(scene.sequence), [.init(.add, yield)], by: scene.owner.viewer)
        try await semantics.edit(
            .uploadSet(scene.set.id), [.init(.add, stop), .init(.add, yield)], by: scene.owner.viewer)
        #expect(try await semantics.tags(of: .sequence(scene.sequence)) == [yield, stop])
        #expect(try await scene.catalogue.uploadSets.status(scene.set.id).semantics == [yield, stop])

        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        try await semantics.edit(.uploadSet(set.id), [.init(.add, stop)], by: scene.owner.viewer)
        let picture = try await scene.test.admit(TestPicture("other.jpg"), to: set)
        try await scene.catalogue.uploadSets.complete(set.id, at: .now)
        try await scene.test.process()
        let sequence = try #require(
            try await scene.catalogue.pictures.find(picture, viewer: .system)?.sequenceID)
        #expect(try await semantics.tags(of: .sequence(sequence)) == [stop])
    }

    @Test(
        "each change is kept with who made it and when; a picture's history holds its annotations'",
        arguments: CatalogueEngines.allCases)
    func history(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let before = Date.now
        try await scene.catalogue.semantics.edit(
            .picture(scene.picture), [.init(.add, stop)], by: scene.owner.viewer)
        let annotation = try await scene.catalogue.annotations.add(
            shape, to: scene.picture, tags: [yield], by: scene.owner.viewer)
        _ = try await scene.catalogue.annotations.edit(
            annotation.id, [.init(.delete, yield)], by: .system)
        let edits = try await scene.catalogue.semantics.history(
            of: .picture(scene.picture), before: nil, limit: 10)
        #expect(edits.map(\.changes) == [[.init(.delete, yield)], [.init(.add, yield)], [.init(.add, stop)]])
        #expect(edits.map(\.accountID) == [nil, scene.owner.id, scene.owner.id])
        #expect(edits.map(\.annotationID) == [annotation.id, annotation.id, nil])
        #expect(edits.allSatisfy { $0.madeAt >= before.addingTimeInterval(-1) && $0.madeAt <= .now })
        let older = try await scene.catalogue.semantics.history(
            of: .picture(scene.picture), before: edits[1].number, limit: 10)
        #expect(older.map(\.changes) == [[.init(.add, stop)]])
    }

    @Test(
        "the same shape is the same annotation; without a tag it is gone",
        arguments: CatalogueEngines.allCases)
    func shapes(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let annotations = scene.catalogue.annotations, by = scene.owner.viewer
        let first = try await annotations.add(shape, to: scene.picture, tags: [stop], by: by)
        let again = try await annotations.add(shape, to: scene.picture, tags: [yield], by: by)
        #expect(again.id == first.id && again.tags == [yield, stop])
        let other = try await annotations.add(
            Polygon(x: 10, y: 20, width: 30, height: 41), to: scene.picture, tags: [stop], by: by)
        #expect(other.id != first.id)
        #expect(try await scene.item().annotations.map(\.id) == [first.id, other.id])
        await #expect(throws: Failure.self) {
            try await annotations.add(
                Polygon(x: 0, y: 0, width: 1, height: 1), to: scene.picture, tags: [], by: by)
        }
        await #expect(throws: Failure.self) {
            try await annotations.add(
                Polygon(x: 0, y: 0, width: 1, height: 1), to: scene.picture, id: other.id, tags: [stop], by: by)
        }
        #expect(try await annotations.edit(first.id, [.init(.delete, stop)], by: by)?.tags == [yield])
        #expect(try await annotations.edit(first.id, [.init(.delete, yield)], by: by) == nil)
        #expect(try await annotations.find(first.id, viewer: by) == nil)
        try await annotations.delete(other.id, by: by)
        #expect(try await scene.item().annotations.isEmpty)
    }

    @Test(
        "an annotation is seen by who sees the picture, and by nobody else",
        arguments: CatalogueEngines.allCases)
    func sight(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let annotation = try await scene.catalogue.annotations.add(
            shape, to: scene.picture, tags: [stop], by: scene.owner.viewer)
        let stranger = try await scene.test.addAccount("stranger", .manager).viewer
        let colleague = try await scene.test.addAccount("colleague", .viewer, grants: [scene.label]).viewer
        for (viewer, sees) in [(Viewer.guest, false), (stranger, false), (colleague, true), (.system, true)] {
            #expect((try await scene.catalogue.annotations.find(annotation.id, viewer: viewer) != nil) == sees)
            let listed = try await scene.catalogue.annotations.list(of: scene.picture, viewer: viewer)
            #expect(listed.isEmpty != sees)
        }
        try await scene.catalogue.pictures.setVisibility(scene.picture, .ownerOnly)
        #expect(try await scene.catalogue.annotations.find(annotation.id, viewer: colleague) == nil)
        #expect(try await scene.catalogue.annotations.list(of: scene.picture, viewer: colleague).isEmpty)
    }

    private func found(_ model: String, _ names: [String], x: Int = 100) -> ModelFindings {
        ModelFindings(
            model: model,
            detections: names.enumerated().map {
                Detection(className: $1, score: 0.75, x: x + 50 * $0, y: 10, width: 20, height: 20)
            })
    }

    /// Runs a queued detection of the model, as a worker would.
    private func run(_ findings: ModelFindings, _ scene: Scene) async throws {
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
        let scene = try await Scene(engine)
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
        let scene = try await Scene(engine)
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
        let scene = try await Scene(engine)
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
        let scene = try await Scene(engine)
        let detections = scene.catalogue.detections, choice = DetectionStore.Choice.sequence(scene.sequence)
        #expect(try await detections.queue("signs", on: choice, at: .now) == 1)
        #expect(try await detections.waiting(for: "signs") == 1)
        #expect(try await detections.waiting(for: "sign") == 0)
        let job = try #require(try await scene.test.claim().first)
        try await detections.failed("signs", on: scene.picture, reason: "It is bad.", ending: job)
        #expect(try await detections.failures(of: "signs", on: choice) == ["It is bad.": 1])
        #expect(try await detections.waiting(for: "signs") == 0)
        #expect(try await scene.item().picture.status == .prepared)
        try await run(found("signs", ["stop"]), scene)
        #expect(try await detections.failures(of: "signs", on: choice).isEmpty)
    }

    @Test(
        "a run whose lease was lost changes nothing; a deleted picture's runs are gone",
        arguments: CatalogueEngines.allCases)
    func leases(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
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
