import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Pictures that go to another camera label")
struct MovingTests {
    @Test(
        "they go with their place and title; who has only the old label sees them no more",
        arguments: CatalogueEngines.allCases)
    func move(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let (ids, source) = (scene.ids, try await scene.sequence(of: scene.ids[0]))
        let newcomer = try await scene.test.addAccount("newcomer", .viewer, grants: [scene.other]).viewer
        let outcome = try await scene.bulk.edit(
            [ids[1], ids[3]], try PictureBulkEdit(label: scene.other.id), by: scene.owner.viewer)
        #expect(outcome.changed == [ids[1], ids[3]])
        let target = try #require(outcome.sequences.first)
        #expect(outcome.sequences.count == 1)
        #expect(try await scene.members(target, newcomer) == [ids[1], ids[3]])
        #expect(try await scene.members(source, scene.reader.viewer) == [ids[0], ids[2], ids[4]])
        #expect(try await scene.picture(ids[1], scene.reader.viewer) == nil)
        #expect(try await scene.picture(ids[0], newcomer) == nil)
        #expect(try await scene.catalogue.sequences.find(target, viewer: scene.reader.viewer) == nil)
        let summary = try #require(try await scene.catalogue.sequences.find(target, viewer: newcomer))
        #expect(summary.sequence.title == "street" && summary.label == "mast-2" && summary.pictures == 2)
        #expect(try await scene.picture(ids[2])?.rank == 2)
        let set = try #require(
            try await scene.catalogue.uploadSets.find(summary.sequence.uploadSetID, viewer: scene.owner.viewer))
        #expect(set.labelID == scene.other.id && set.title == "street" && set.dispatchedAt != nil)
        let again = try await scene.bulk.edit(
            [ids[1]], try PictureBulkEdit(label: scene.other.id), by: scene.owner.viewer)
        #expect(again.unchanged == [.init(ids[1], .sameLabel)])
        // The last ones take their sequence with them.
        _ = try await scene.bulk.edit(
            [ids[0], ids[2], ids[4]], try PictureBulkEdit(label: scene.other.id), by: scene.owner.viewer)
        #expect(try await scene.catalogue.sequences.find(source, viewer: .system) == nil)
    }

    @Test("more than one batch of them comes into one sequence", arguments: CatalogueEngines.allCases)
    func batches(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let many = try await scene.test.addPreparedPictures(
            (0..<230).map { BulkScene.picture($0) }, by: scene.owner, label: scene.label, title: "long"
        ).pictures
        let outcome = try await scene.bulk.edit(
            many, try PictureBulkEdit(label: scene.other.id), by: scene.owner.viewer)
        #expect(outcome.changed.count == 230 && outcome.sequences.count == 1)
        #expect(try await scene.members(try #require(outcome.sequences.first)) == many)
    }

    @Test(
        "the same bytes, or an original that may not be there, keep a picture where it is",
        arguments: CatalogueEngines.allCases)
    func refused(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let twin = TestPicture("twin.jpg")
        let second = try await scene.test.addAccount("second", .field, grants: [scene.other])
        let mine = try await scene.test.addPreparedPicture(twin, by: scene.owner, label: scene.label)
        _ = try await scene.test.addPreparedPicture(twin, by: second, label: scene.other)
        let edit = try PictureBulkEdit(label: scene.other.id)
        let outcome = try await scene.bulk.edit([mine], edit, by: scene.owner.viewer)
        #expect(outcome.unchanged == [.init(mine, .duplicate)])
        #expect(try await scene.picture(mine)?.labelID == scene.label.id)
        let nowhere = try PictureBulkEdit(label: CameraLabelID())
        await #expect { try await scene.bulk.edit(scene.ids, nowhere, by: .system) } throws: {
            ($0 as? Failure)?.code == .notFound
        }
    }

    @Test("where the new label hides more, they are looked through again", arguments: CatalogueEngines.allCases)
    func looking(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let strict = try await scene.test.addLabel("strict", redaction: .thorough)
        _ = try await scene.bulk.edit(
            [scene.ids[0]], try PictureBulkEdit(label: strict.id), by: .system)
        #expect(try await scene.catalogue.corrections.waiting(.label(strict.id)) == 1)
        #expect(try await scene.picture(scene.ids[0])?.status == .prepared)
    }
}
