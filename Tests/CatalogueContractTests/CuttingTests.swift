import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Sequences split and merged by hand")
struct CuttingTests {
    @Test(
        "a sequence splits before a picture, and a batch that is cut anew leaves it so",
        arguments: CatalogueEngines.allCases)
    func split(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let (ids, first) = (scene.ids, try await scene.sequence(of: scene.ids[0]))
        let second = try await scene.catalogue.sequences.split(first, at: ids[3], by: scene.owner.viewer)
        #expect(try await scene.members(first) == Array(ids.prefix(3)))
        #expect(try await scene.members(second) == Array(ids.suffix(2)))
        #expect(try await scene.picture(ids[3])?.rank == 1)
        let summary = try #require(try await scene.catalogue.sequences.find(second, viewer: scene.reader.viewer))
        #expect(summary.sequence.title == "street (2)" && summary.pictures == 2)
        #expect(try await scene.catalogue.sequences.find(first, viewer: scene.reader.viewer)?.pictures == 3)

        // One more file comes, and the set is cut again.
        let late = try await scene.test.admit(BulkScene.picture(9), to: scene.set)
        try await scene.catalogue.uploadSets.complete(scene.set.id, at: .now)
        try await scene.test.process()
        #expect(try await scene.members(second) == Array(ids.suffix(2)))
        #expect(try await scene.members(first) == Array(ids.prefix(3)) + [late])
    }

    @Test(
        "nothing splits before its first picture, at a stranger's, or while a report waits",
        arguments: CatalogueEngines.allCases)
    func splitRefused(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let (first, sequences) = (try await scene.sequence(of: scene.ids[0]), scene.catalogue.sequences)
        await #expect { try await sequences.split(first, at: scene.ids[0], by: .system) } throws: {
            ($0 as? Failure)?.code == .unprocessable
        }
        await #expect { try await sequences.split(first, at: PictureID(), by: .system) } throws: {
            ($0 as? Failure)?.code == .notFound
        }
        let draft = try ReportDraft(issue: .mislocated, target: .sequence(first), comments: nil, email: nil)
        _ = try await scene.catalogue.reports.make(
            draft, viewer: scene.reader.viewer, quota: HourlyQuota(.reports, of: "test", limit: 1), at: .now)
        await #expect { try await sequences.split(first, at: scene.ids[2], by: .system) } throws: {
            ($0 as? Failure)?.code == .conflict
        }
        let edit = try PictureBulkEdit(label: scene.other.id)
        let outcome = try await scene.bulk.edit([scene.ids[0]], edit, by: scene.owner.viewer)
        #expect(outcome.unchanged == [.init(scene.ids[0], .reported)])
    }

    @Test(
        "sequences merge in order of time; who saw none of a picture before sees none of it after",
        arguments: CatalogueEngines.allCases)
    func merge(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let hidden = try await scene.test.addPreparedPictures(
            [BulkScene.picture(-1), BulkScene.picture(7)], by: scene.owner, label: scene.label, title: "yard",
            visibility: .ownerOnly)
        let (first, second) = (
            try await scene.sequence(of: scene.ids[0]), try await scene.sequence(of: hidden.pictures[0])
        )
        try await scene.catalogue.sequences.merge([first, second], title: "whole", by: scene.owner.viewer)
        let all = [hidden.pictures[0]] + scene.ids + [hidden.pictures[1]]
        #expect(try await scene.members(first) == all)
        #expect(try await scene.members(first, scene.reader.viewer) == scene.ids)
        #expect(try await scene.catalogue.sequences.find(second, viewer: .system) == nil)
        #expect(try await scene.catalogue.sequences.find(first, viewer: scene.reader.viewer)?.pictures == 5)
        #expect(try await scene.catalogue.sequences.find(first, viewer: .system)?.sequence.title == "whole")
        // They belong to one upload set from then on: what hides that hides them.
        try await scene.catalogue.uploadSets.edit(
            scene.set.id, UploadSetEdit(visibility: .ownerOnly), by: scene.owner.viewer)
        #expect(try await scene.members(first, scene.reader.viewer).isEmpty)
    }

    @Test(
        "the upload whose files they were says where they went, the other one whence they came",
        arguments: CatalogueEngines.allCases)
    func neighbours(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let sets = scene.catalogue.uploadSets
        let more = try await scene.test.addPreparedPictures(
            [BulkScene.picture(6), BulkScene.picture(7)], by: scene.owner, label: scene.label, title: "yard")
        let ids = [try await scene.sequence(of: scene.ids[0]), try await scene.sequence(of: more.pictures[0])]
        #expect(try await sets.neighbours(of: more.set.id, viewer: scene.owner.viewer) == .none)
        try await scene.catalogue.sequences.merge(ids, by: scene.owner.viewer)
        let gave = try await sets.neighbours(of: more.set.id, viewer: scene.owner.viewer)
        #expect(gave.takers.map(\.id) == [scene.set.id] && gave.given == 2 && gave.givers.isEmpty)
        let took = try await sets.neighbours(of: scene.set.id, viewer: scene.owner.viewer)
        #expect(took.givers.map(\.title) == ["yard"] && took.taken == 2 && took.takers.isEmpty)
        // Who may not see the other upload is not told of it.
        #expect(try await sets.neighbours(of: scene.set.id, viewer: scene.reader.viewer) == .none)
        try await scene.catalogue.pictures.delete(more.pictures[0], by: scene.owner.viewer)
        #expect(try await sets.neighbours(of: more.set.id, viewer: .system).given == 1)
    }

    @Test("those of another label or account do not merge, nor one with itself", arguments: CatalogueEngines.allCases)
    func mergeRefused(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let elsewhere = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.other)
        let peer = try await scene.test.addAccount("peer", .field, grants: [scene.label])
        let theirs = try await scene.test.addPreparedPicture(by: peer, label: scene.label)
        let first = try await scene.sequence(of: scene.ids[0])
        let others = [
            [first, try await scene.sequence(of: elsewhere)], [first, try await scene.sequence(of: theirs)], [first],
            [first, first],
        ]
        for ids in others {
            await #expect { try await scene.catalogue.sequences.merge(ids, by: .system) } throws: {
                ($0 as? Failure)?.code == .unprocessable
            }
        }
        #expect(try await scene.members(first) == scene.ids)
    }
}
