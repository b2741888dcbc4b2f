import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Corrections of what is hidden")
struct CorrectionTests {
    let now = TestCatalogue.epoch
    let region = Polygon(x: 100, y: 200, width: 300, height: 150)

    /// A prepared picture beside another of the same sequence.
    private struct Scene {
        let test: TestCatalogue
        let label: CameraLabel
        let owner: Account
        let pictures: [PictureID]
        var picture: PictureID { pictures[0] }
        var corrections: CorrectionStore { test.catalogue.corrections }

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            label = try await test.addLabel("vehicle-7")
            owner = try await test.addAccount("owner", .field, grants: [label])
            pictures =
                try await test.addPreparedPictures(
                    [TestPicture("1.jpg"), TestPicture("2.jpg", capturedAt: TestCatalogue.epoch + 5)], by: owner,
                    label: label
                ).pictures
        }

        func find() async throws -> Picture {
            try #require(try await test.catalogue.pictures.find(picture, viewer: .system))
        }

        /// Whether a picture is found by searching, and whether its files are sent.
        func isSeen(by viewer: Viewer) async throws -> (listed: Bool, sent: Bool) {
            let found = try await test.catalogue.pictures.search(PictureQuery(), viewer: viewer)
            let file = try await test.catalogue.pictures.file(picture, kind: .hd, viewer: viewer)
            return (found.contains { $0.picture.id == picture }, file != nil)
        }
    }

    @Test(
        "a drawn region hides the picture from everybody at once, until it is made anew",
        arguments: CatalogueEngines.allCases)
    func hiddenAtOnce(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let sequence = try #require(try await scene.find().sequenceID)
        let correction = try await scene.corrections.add(region, to: scene.picture, by: scene.owner.viewer, at: now)
        for viewer in [scene.owner.viewer, .system] {
            let seen = try await scene.isSeen(by: viewer)
            #expect(!seen.listed && !seen.sent)
        }
        #expect(try await scene.test.catalogue.sequences.find(sequence, viewer: .system)?.pictures == 1)
        // Its owner learns how far it is.
        #expect(
            try await scene.test.catalogue.pictures.find(scene.picture, viewer: scene.owner.viewer)?.status
                == .preparing)
        let order = try await scene.corrections.order(scene.picture)
        #expect(order.pending.map(\.id) == [correction.id] && order.run == nil)

        try await scene.test.process()
        let picture = try await scene.find()
        #expect(picture.status == .prepared && picture.revision == 2)
        #expect(picture.redactions.map(\.polygon) == [region])
        let seen = try await scene.isSeen(by: scene.owner.viewer)
        #expect(seen.listed && seen.sent)
        #expect(try await scene.test.catalogue.sequences.find(sequence, viewer: .system)?.pictures == 2)
        #expect(try await !scene.corrections.order(scene.picture).isOwed)
        let list = try await scene.corrections.list(of: scene.picture, viewer: scene.owner.viewer)
        #expect(list.map(\.appliedRevision) == [2] && list.map(\.accountID) == [scene.owner.id])
    }

    @Test("what is drawn while the picture is being made anew is still owed", arguments: CatalogueEngines.allCases)
    func drawnMeanwhile(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        _ = try await scene.corrections.add(region, to: scene.picture, by: scene.owner.viewer, at: now)
        let job = try #require(try await scene.test.claim().first)
        #expect(job.step == .redact(scene.picture))
        let order = try await scene.corrections.order(scene.picture)
        let second = Polygon(x: 900, y: 900, width: 50, height: 50)
        _ = try await scene.corrections.add(second, to: scene.picture, by: scene.owner.viewer, at: now + 1)
        let tags = TestPicture().tags
        let failure = await #expect(throws: Failure.self) {
            try await scene.corrections.redone(
                scene.picture, order, tags: tags, redactions: [], derivatives: TestCatalogue.derivatives(of: tags),
                revision: 2, holding: job)
        }
        #expect(failure?.code == .conflict)
        #expect(try await scene.find().status == .preparing)
        #expect(try await scene.corrections.order(scene.picture).pending.count == 2)
        try await scene.test.process()
        #expect(try await scene.find().redactions.compactMap(\.polygon) == [region, second])
    }

    @Test(
        "a correction goes before everything but what must go, a run after everything",
        arguments: CatalogueEngines.allCases)
    func priority(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let new = try await scene.test.admit(TestPicture("3.jpg"), to: set)
        _ = try await scene.corrections.rerun(.label(scene.label.id), preset: nil, by: .system, at: now)
        _ = try await scene.corrections.add(region, to: scene.pictures[1], by: scene.owner.viewer, at: now)
        let steps = try await scene.test.claim().map(\.step)
        #expect(steps == [.redact(scene.pictures[1]), .inspect(new), .rerun(scene.picture)])
    }

    @Test(
        "a run leaves the pictures in sight, counts down, and keeps what was drawn",
        arguments: CatalogueEngines.allCases)
    func run(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        _ = try await scene.corrections.add(region, to: scene.picture, by: scene.owner.viewer, at: now)
        try await scene.test.process()
        let sequence = PictureScope.sequence(try #require(try await scene.find().sequenceID))
        let count = try await scene.corrections.rerun(sequence, preset: .thorough, by: scene.owner.viewer, at: now)
        #expect(count == 2)
        #expect(try await scene.corrections.waiting(sequence) == 2)
        #expect(try await scene.isSeen(by: scene.owner.viewer).listed)
        #expect(try await scene.corrections.order(scene.picture).run?.preset == .thorough)
        try await scene.test.process()
        #expect(try await scene.corrections.waiting(sequence) == 0)
        let picture = try await scene.find()
        #expect(picture.revision == 3 && picture.redactions.map(\.polygon) == [region])
    }

    @Test(
        "a run reaches what its viewer may see, and a run that fails changes nothing",
        arguments: CatalogueEngines.allCases)
    func runSight(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let stranger = try await scene.test.addAccount("stranger", .manager)
        let scope = PictureScope.label(scene.label.id)
        #expect(try await scene.corrections.rerun(scope, preset: nil, by: stranger.viewer, at: now) == 0)
        #expect(try await scene.corrections.waiting(scope) == 0)
        #expect(try await scene.corrections.rerun(.picture(scene.picture), preset: nil, by: .system, at: now) == 1)
        let job = try #require(try await scene.test.claim().first)
        try await scene.corrections.giveUp(scene.picture, ending: job)
        let picture = try await scene.find()
        #expect(picture.status == .prepared && picture.revision == 1)
        #expect(try await scene.corrections.waiting(scope) == 0)
        #expect(try await scene.test.claim().isEmpty)
    }

    @Test("showing something again takes the original", arguments: CatalogueEngines.allCases)
    func removal(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let correction = try await scene.corrections.add(region, to: scene.picture, by: scene.owner.viewer, at: now)
        try await scene.test.process()
        let failure = await #expect(throws: Failure.self) {
            try await scene.corrections.remove(
                .correction(correction.id), from: scene.picture, stagedName: nil, by: scene.owner.viewer, at: now)
        }
        #expect(failure?.code == .conflict)
        #expect(try await scene.find().status == .prepared)
        #expect(try await scene.corrections.list(of: scene.picture, viewer: .system).count == 1)

        try await scene.corrections.remove(
            .correction(correction.id), from: scene.picture, stagedName: "again.jpg", by: scene.owner.viewer, at: now)
        #expect(try await scene.test.catalogue.pictures.treatment(scene.picture)?.stagedName == "again.jpg")
        #expect(try await scene.corrections.order(scene.picture).run?.needsOriginal == true)
        #expect(try await !scene.isSeen(by: scene.owner.viewer).sent)
        // A second one that is sent meanwhile is not needed: the first stays.
        let finding = Redaction(subject: .plate, x: 1, y: 2, width: 30, height: 10, score: 0.6, model: "plates")
        try await scene.corrections.remove(
            .finding(finding), from: scene.picture, stagedName: "other.jpg", by: scene.owner.viewer, at: now)
        #expect(try await scene.test.catalogue.pictures.treatment(scene.picture)?.stagedName == "again.jpg")
        try await scene.test.process()
        let picture = try await scene.find()
        #expect(picture.status == .prepared && picture.redactions.isEmpty)
        #expect(try await scene.test.catalogue.pictures.treatment(scene.picture)?.stagedName == nil)
        let list = try await scene.corrections.list(of: scene.picture, viewer: .system)
        #expect(list.map(\.wrong) == [finding])
    }

    @Test("each change is in the audit log with who made it", arguments: CatalogueEngines.allCases)
    func audited(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let correction = try await scene.corrections.add(region, to: scene.picture, by: scene.owner.viewer, at: now)
        try await scene.test.process()
        try await scene.corrections.remove(
            .correction(correction.id), from: scene.picture, stagedName: "a.jpg", by: scene.owner.viewer, at: now)
        try await scene.test.process()
        _ = try await scene.corrections.rerun(.picture(scene.picture), preset: .fast, by: .system, at: now)
        let entries = try await scene.test.catalogue.audit.list(before: nil, limit: 10).filter {
            $0.action.hasPrefix("redaction.")
        }
        #expect(
            entries.map(\.action) == [
                "redaction.rerun", "redaction.correction-withdrawn", "redaction.region-added",
            ])
        #expect(entries.map(\.actor) == ["system", scene.owner.id.string, scene.owner.id.string])
        #expect(entries.allSatisfy { $0.subject == scene.picture.string })
    }

    @Test("a picture that is not made yet cannot be corrected", arguments: CatalogueEngines.allCases)
    func notMade(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let waiting = try await scene.test.admit(TestPicture("3.jpg"), to: set)
        let failure = await #expect(throws: Failure.self) {
            try await scene.corrections.add(region, to: waiting, by: scene.owner.viewer, at: now)
        }
        #expect(failure?.code == .conflict)
        #expect(try await scene.corrections.list(of: waiting, viewer: .system).isEmpty)
        let missing = await #expect(throws: Failure.self) {
            try await scene.corrections.add(region, to: PictureID(), by: .system, at: now)
        }
        #expect(missing?.code == .notFound)
    }

    @Test("who may not see a picture reads nothing of what was said about it", arguments: CatalogueEngines.allCases)
    func unseen(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        _ = try await scene.corrections.add(region, to: scene.picture, by: scene.owner.viewer, at: now)
        try await scene.test.process()
        let other = try await scene.test.addLabel("vehicle-8")
        let stranger = try await scene.test.addAccount("stranger", .manager, grants: [other])
        for viewer in [Viewer.guest, stranger.viewer] {
            #expect(try await scene.corrections.list(of: scene.picture, viewer: viewer).isEmpty)
        }
        #expect(try await scene.corrections.list(of: scene.picture, viewer: scene.owner.viewer).count == 1)
    }

    @Test(
        "a correction that cannot be made breaks the picture, which stays out of sight and can be tried again",
        arguments: CatalogueEngines.allCases)
    func broken(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        _ = try await scene.corrections.add(region, to: scene.picture, by: scene.owner.viewer, at: now)
        let job = try #require(try await scene.test.claim().first)
        try await scene.test.catalogue.pictures.broken(scene.picture, reason: "No.", ending: job)
        #expect(try await !scene.isSeen(by: scene.owner.viewer).sent)
        try await scene.test.catalogue.pictures.retry(scene.picture)
        #expect(try await scene.test.claim().map(\.step) == [.redact(scene.picture)])
    }
}
