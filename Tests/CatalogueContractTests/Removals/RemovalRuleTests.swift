import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

/// The world goes on while something waits to be deleted.
@Suite("What is taken back obeys the rules of now")
struct RemovalRuleTests {
    @Test(
        "the same file sent meanwhile is a picture of its own, and taking back loses neither",
        arguments: CatalogueEngines.allCases)
    func again(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let picture = BulkScene.picture(0)
        let set = try await scene.test.addUploadSet(by: scene.scene.owner, label: scene.scene.label)
        let first = try await scene.test.admit(picture, to: set)
        try await scene.test.process()
        let removal = try await scene.remove([first])
        // Throws if it were "already here".
        let second = try await scene.test.admit(picture, to: set)
        try await scene.catalogue.uploadSets.complete(set.id, at: .now)
        try await scene.test.process()
        #expect(try await scene.removals.restore(removal, by: scene.owner) == 1)
        try await scene.test.process()
        for id in [first, second] {
            #expect(try await scene.scene.picture(id)?.status == .prepared)
            #expect(try await scene.scene.picture(id)?.sequenceID != nil)
        }
        let files = try await scene.catalogue.uploadSets.files(set.id, after: nil, limit: 9)
        #expect(files.map(\.pictureID) == [second])
        // And what waits is not what hinders the next one.
        try await scene.remove([first, second])
        try await scene.test.admit(picture, to: set)
    }

    @Test("an area made meanwhile hides it, one that is gone does not", arguments: CatalogueEngines.allCases)
    func areas(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine, visibility: .anyone)
        let ring = [[1.9, 47.9], [2.1, 47.9], [2.1, 48.1], [1.9, 48.1], [1.9, 47.9]]
        let area = ExcludedArea(label: "here", shape: try GeoShape(coordinates: [[ring]]))
        var removal = try await scene.remove([scene.ids[0]])
        _ = try await scene.catalogue.areas.add(area)
        try await scene.removals.restore(removal, by: scene.owner)
        let reader = scene.scene.reader.viewer
        #expect(try await scene.scene.picture(scene.ids[0], reader) == nil)
        #expect(try await scene.scene.picture(scene.ids[0], scene.owner) != nil)
        removal = try await scene.remove([scene.ids[0]])
        _ = try await scene.catalogue.areas.delete(area.id, of: nil)
        try await scene.removals.restore(removal, by: scene.owner)
        #expect(try await scene.scene.picture(scene.ids[0], reader) != nil)
    }

    @Test("who may not see its sequence or upload set any more does not see it", arguments: [true, false])
    func visibility(isSet: Bool) async throws {
        let scene = try await RemovalScene(.sqlite)
        let removal = try await scene.remove([scene.ids[0]])
        if isSet {
            let edit = UploadSetEdit(visibility: .ownerOnly)
            try await scene.catalogue.uploadSets.edit(scene.scene.set.id, edit, by: scene.owner)
        } else {
            let sequence = try await scene.scene.sequence(of: scene.ids[1])
            try await scene.catalogue.sequences.edit(
                sequence, SequenceEdit(visibility: .ownerOnly), by: scene.owner)
        }
        try await scene.removals.restore(removal, by: scene.owner)
        #expect(try await scene.scene.picture(scene.ids[0], scene.scene.reader.viewer) == nil)
        #expect(try await scene.scene.picture(scene.ids[0], scene.owner) != nil)
    }

    @Test("it goes where the others went: to the sequence that was split off, or merged into")
    func cutting() async throws {
        let scene = try await RemovalScene(.sqlite)
        let sequence = try await scene.sequence()
        var removal = try await scene.remove([scene.ids[3]])
        let part = try await scene.catalogue.sequences.split(sequence, at: scene.ids[2], by: scene.owner)
        try await scene.removals.restore(removal, by: scene.owner)
        #expect(try await scene.scene.members(part) == Array(scene.ids[2...]))
        removal = try await scene.remove([scene.ids[2]])
        try await scene.catalogue.sequences.edit(part, SequenceEdit(visibility: .ownerOnly), by: scene.owner)
        try await scene.catalogue.sequences.merge([sequence, part], by: scene.owner)
        try await scene.removals.restore(removal, by: scene.owner)
        #expect(try await scene.scene.members(sequence) == scene.ids)
        // It was in a sequence for its owner alone.
        #expect(try await scene.scene.picture(scene.ids[2], scene.scene.reader.viewer) == nil)
        #expect(try await scene.scene.picture(scene.ids[1], scene.scene.reader.viewer) != nil)
    }

    @Test("it is seen and taken back by who asked and by administrators", arguments: CatalogueEngines.allCases)
    func rights(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let manager = scene.scene.manager.viewer
        let own = try await scene.remove([scene.ids[0]])
        let managed = try await scene.remove([scene.ids[1]], by: manager)
        let lists: [(Viewer, Set<RemovalID>)] = [
            (scene.owner, [own]), (manager, [managed]), (scene.admin.viewer, [own, managed]),
            (scene.scene.reader.viewer, []), (.guest, []), (.account(AccountID(), .field), []),
        ]
        for (viewer, seen) in lists {
            #expect(Set(try await scene.removals.list(before: nil, limit: 9, viewer: viewer).map(\.id)) == seen)
            for id in [own, managed] where !seen.contains(id) {
                #expect(try await scene.removals.find(id, viewer: viewer) == nil)
                await #expect(throws: Failure.notFound("removal")) {
                    try await scene.removals.restore(id, by: viewer)
                }
                await #expect(throws: Failure.notFound("removal")) {
                    try await scene.removals.finish(id, by: viewer)
                }
            }
        }
        // Who does not manage the label any more does not change what others sent to it.
        try await scene.catalogue.labels.withdraw(scene.scene.label.id, from: scene.scene.manager.id)
        #expect(try await scene.removals.find(managed, viewer: manager) == nil)
        await #expect(throws: Failure.notFound("removal")) { try await scene.removals.restore(managed, by: manager) }
        #expect(try await scene.removals.restore(managed, by: scene.admin.viewer) == 1)
        #expect(try await scene.scene.picture(scene.ids[1], scene.scene.reader.viewer) != nil)
    }
}
