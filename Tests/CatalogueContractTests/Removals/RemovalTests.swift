import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What is deleted can be taken back for a while")
struct RemovalTests {
    @Test(
        "pictures are out of everybody's sight, and back where they were when that is taken back",
        arguments: CatalogueEngines.allCases)
    func pictures(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let tag = [SemanticChange(.add, try SemanticTag(checking: "road", "icy"))]
        try await scene.catalogue.semantics.edit(.picture(scene.ids[1]), tag, by: scene.owner)
        let before = try await scene.snapshot()
        let gone = [scene.ids[1], scene.ids[3]]
        let removal = try await scene.remove(gone)
        try await scene.expectSeen([scene.ids[0], scene.ids[2], scene.ids[4]])
        // Nothing of it is worked on, and its bytes stay.
        #expect(try await scene.test.claim().isEmpty)
        #expect(try await scene.catalogue.pictures.existing(scene.ids).count == 5)
        #expect(try await scene.removals.restore(removal, by: scene.owner) == 2)
        try await scene.expectSeen(scene.ids)
        #expect(try await scene.snapshot() == before)
        let members = try await scene.scene.members(try await scene.sequence(), scene.owner)
        #expect(members == scene.ids)
        await #expect(throws: Failure.notFound("removal")) {
            try await scene.removals.restore(removal, by: scene.owner)
        }
    }

    @Test(
        "a sequence is gone with its pictures, from everybody and every list, and comes back as it was",
        arguments: CatalogueEngines.allCases)
    func sequence(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let id = try await scene.sequence()
        let tag = [SemanticChange(.add, try SemanticTag(checking: "survey", "spring"))]
        try await scene.catalogue.semantics.edit(.sequence(id), tag, by: scene.owner)
        let before = try await scene.snapshot()
        let deletion = try await scene.removals.remove(
            id, until: scene.until, by: scene.owner, at: scene.moment)
        let removal = try #require(deletion.removal)
        #expect(deletion.receipt == nil)
        try await scene.expectSeen([])
        for viewer in [scene.owner, scene.scene.manager.viewer, scene.admin.viewer, .system] {
            #expect(try await scene.catalogue.sequences.find(id, viewer: viewer) == nil)
            #expect(try await scene.catalogue.sequences.list(SequenceQuery(), viewer: viewer).isEmpty)
        }
        let status = try await scene.catalogue.uploadSets.status(scene.scene.set.id)
        #expect(status.parts.isEmpty && status.prepared == 0)
        await #expect(throws: Failure.notFound("sequence")) {
            try await scene.removals.remove(id, until: scene.until, by: scene.owner)
        }
        await #expect(throws: Failure.notFound("sequence")) {
            try await scene.catalogue.sequences.edit(id, SequenceEdit(title: "other"), by: scene.owner)
        }
        #expect(try await scene.removals.find(removal, viewer: scene.owner)?.title == "street")
        #expect(try await scene.removals.restore(removal, by: scene.owner) == 5)
        try await scene.expectSeen(scene.ids)
        #expect(try await scene.snapshot() == before)
    }

    @Test(
        "an upload set comes back with what was said of it, its files and the list of its card",
        arguments: CatalogueEngines.allCases)
    func set(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let set = scene.scene.set.id
        let before = try await scene.snapshot()
        let deletion = try await scene.removals.remove(set, until: scene.until, by: scene.owner, at: scene.moment)
        try await scene.expectSeen([])
        #expect(try await scene.catalogue.uploadSets.find(set, viewer: .system) == nil)
        #expect(try await scene.catalogue.sequences.find(try await id(of: scene), viewer: .system) == nil)
        #expect(try await scene.test.claim().isEmpty)
        #expect(try await scene.removals.restore(try #require(deletion.removal), by: scene.owner) == 5)
        #expect(try await scene.snapshot() == before)
        #expect(try await scene.catalogue.uploadSets.find(set, viewer: scene.owner)?.title == "street")
    }

    private func id(of scene: RemovalScene) async throws -> SequenceID {
        let all = try await scene.catalogue.engine.read { connection in
            try connection.rows("SELECT id FROM sequences") { $0.id(SequenceID.self) }
        }
        return try #require(all.first)
    }

    @Test(
        "what was deleted in parts comes back in parts, and brings its sequence and upload set along",
        arguments: CatalogueEngines.allCases)
    func parts(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let sequence = try await scene.sequence()
        let before = try await scene.snapshot()
        let first = try await scene.remove([scene.ids[0]])
        let rest = try await scene.removals.remove(sequence, until: scene.until, by: scene.owner, at: scene.moment)
        // Nothing of the set is left: it goes too, and leaves nothing of its own to take back.
        let set = try await scene.removals.remove(
            scene.scene.set.id, until: scene.until, by: scene.owner, at: scene.moment)
        #expect(set.removal == nil && set.receipt != nil)
        #expect(try await scene.removals.list(before: nil, limit: 9, viewer: scene.owner).count == 2)
        #expect(try await scene.removals.restore(first, by: scene.owner) == 1)
        try await scene.expectSeen([scene.ids[0]])
        #expect(try await scene.catalogue.sequences.find(sequence, viewer: scene.owner)?.pictures == 1)
        #expect(try await scene.catalogue.uploadSets.find(scene.scene.set.id, viewer: scene.owner) != nil)
        #expect(try await scene.removals.restore(try #require(rest.removal), by: scene.owner) == 4)
        #expect(try await scene.snapshot() == before)
    }

    @Test(
        "work that was owed goes on when it is taken back, and nothing is done meanwhile",
        arguments: CatalogueEngines.allCases)
    func work(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let set = try await scene.test.addUploadSet(by: scene.scene.owner, label: scene.scene.label)
        let new = try await scene.test.admit(TestPicture("new.jpg"), to: set)
        let other = try await scene.test.admit(TestPicture("other.jpg"), to: set)
        // Somebody is at one of them.
        let jobs = try await scene.test.claim()
        #expect(jobs.count == 2)
        let removal = try await scene.remove([new])
        try await scene.catalogue.uploadSets.complete(set.id, at: .now)
        for job in jobs {
            if job.step == .inspect(new) {
                await #expect(throws: Failure.self) { try await scene.test.work(on: job) }
            } else {
                try await scene.test.work(on: job)
            }
        }
        try await scene.test.process()
        #expect(try await scene.catalogue.pictures.find(other, viewer: scene.owner)?.status == .prepared)
        let sequence = try #require(try await scene.scene.picture(other)?.sequenceID)
        try await scene.removals.restore(removal, by: scene.owner)
        #expect(try await scene.scene.picture(new)?.status == .waiting)
        try await scene.test.process()
        // The batch was cut without it, and is cut again with it.
        #expect(try await scene.scene.members(sequence) == [new, other].sorted())
    }
}
