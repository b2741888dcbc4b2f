import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Many pictures at once")
struct BulkTests {
    @Test("headings and times shift by what is said, past north too", arguments: CatalogueEngines.allCases)
    func offsets(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let edit = try PictureBulkEdit(headingOffset: 20, timeOffset: -3600)
        let outcome = try await scene.bulk.edit(scene.ids, edit, by: scene.owner.viewer)
        #expect(outcome.changed == scene.ids && outcome.unchanged.isEmpty)
        for (index, id) in scene.ids.enumerated() {
            let picture = try #require(try await scene.picture(id))
            let tags = try #require(picture.tags)
            let moment = TestCatalogue.epoch.addingTimeInterval(Double(index) * 10 - 3600)
            #expect(picture.heading == 10 && tags.heading == 10 && !picture.isHeadingComputed)
            #expect(tags.capturedAt == moment && tags.gpsTime == moment && picture.rank == index + 1)
        }
        let summary = try await scene.catalogue.sequences.find(
            try await scene.sequence(of: scene.ids[0]), viewer: scene.reader.viewer)
        #expect(summary?.capturedFrom == TestCatalogue.epoch.addingTimeInterval(-3600))
        let entry = try await scene.catalogue.audit.list(before: nil, limit: 1).first
        #expect(entry?.action == "pictures.edited" && entry?.details["time_offset"] == "-3600.0")
    }

    @Test(
        "pictures whose times are put right come in their place in the sequence",
        arguments: CatalogueEngines.allCases)
    func order(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let (ids, edit) = (scene.ids, try PictureBulkEdit(timeOffset: 25))
        _ = try await scene.bulk.edit([ids[0]], edit, by: scene.owner.viewer)
        #expect(
            try await scene.members(scene.sequence(of: ids[0])) == [ids[1], ids[2], ids[0], ids[3], ids[4]])
    }

    @Test(
        "each picture is refused for a reason of its own, and the others change",
        arguments: CatalogueEngines.allCases)
    func refusals(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let broken = try await scene.test.addBrokenPicture(by: scene.owner, label: scene.label)
        let round = try await scene.test.addPreparedPicture(
            TestPicture(type: .equirectangular), by: scene.owner, label: scene.label)
        let missing = PictureID()
        let turned = try await scene.bulk.edit(
            [scene.ids[0], broken, round, missing], try PictureBulkEdit(quarterTurns: 1), by: scene.owner.viewer)
        #expect(turned.changed == [scene.ids[0]])
        #expect(
            turned.unchanged == [.init(missing, .notFound), .init(broken, .notPrepared), .init(round, .panorama)])
        let edit = try PictureBulkEdit(visibility: .ownerOnly)
        let seen = try await scene.bulk.edit([scene.ids[0]], edit, by: scene.reader.viewer)
        #expect(seen.unchanged == [.init(scene.ids[0], .forbidden)])
        let stranger = try await scene.test.addAccount("stranger", .manager, grants: [scene.other])
        let unseen = try await scene.bulk.edit([scene.ids[0]], edit, by: stranger.viewer)
        #expect(unseen.unchanged == [.init(scene.ids[0], .notFound)])
        let guest = try await scene.bulk.edit([scene.ids[0]], edit, by: .guest)
        #expect(guest.changed.isEmpty)
        #expect(try await scene.picture(scene.ids[0])?.visibility == .loggedOnly)
    }

    @Test(
        "what is hidden is so at once, in figures too; tags come and go without fault",
        arguments: CatalogueEngines.allCases)
    func hiding(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let tag = SemanticTag(key: "survey", value: "2026")
        try await scene.catalogue.semantics.edit(
            .picture(scene.ids[0]), [SemanticChange(.add, tag)], by: scene.owner.viewer)
        let edit = try PictureBulkEdit(visibility: .ownerOnly, tags: [SemanticChange(.add, tag)])
        let outcome = try await scene.bulk.edit(Array(scene.ids.prefix(2)), edit, by: scene.manager.viewer)
        #expect(outcome.changed.count == 2)
        let sequence = try await scene.sequence(of: scene.ids[0])
        #expect(try await scene.catalogue.sequences.find(sequence, viewer: scene.reader.viewer)?.pictures == 3)
        #expect(try await scene.catalogue.sequences.find(sequence, viewer: scene.owner.viewer)?.pictures == 5)
        for id in scene.ids.prefix(2) {
            #expect(try await scene.picture(id, scene.reader.viewer) == nil)
            #expect(try await scene.catalogue.semantics.tags(of: .picture(id)) == [tag])
        }
    }

    @Test(
        "many are deleted with a receipt that proves each, and what is left stays in its sequence",
        arguments: CatalogueEngines.allCases)
    func deletion(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let sequence = try await scene.sequence(of: scene.ids[0])
        let outcome = try await scene.bulk.delete([scene.ids[0], scene.ids[3]], by: scene.owner.viewer)
        #expect(outcome.changed.count == 2)
        #expect(try await scene.members(sequence) == [scene.ids[1], scene.ids[2], scene.ids[4]])
        try await scene.test.process()
        let receipt = try #require(outcome.receipts.first)
        let erasure = try #require(try await scene.catalogue.erasures.find(receipt, viewer: scene.owner.viewer))
        #expect(erasure.pictures == 2 && erasure.finishedAt != nil)
        #expect(try await scene.catalogue.erasures.proofs(of: receipt).count == 2)
        let refused = try await scene.bulk.delete([scene.ids[1]], by: scene.reader.viewer)
        #expect(refused.unchanged == [.init(scene.ids[1], .forbidden)])
    }

    @Test("what is broken can be tried again, all at once", arguments: CatalogueEngines.allCases)
    func retry(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let broken = try await scene.test.addBrokenPicture(by: scene.owner, label: scene.label)
        let outcome = try await scene.bulk.retry([broken, scene.ids[0]], by: scene.owner.viewer)
        #expect(outcome.changed == [broken] && outcome.unchanged == [.init(scene.ids[0], .notBroken)])
        #expect(try await scene.picture(broken)?.status == .waiting)
    }

    @Test("a list holds what one may change, by state, label, day and place", arguments: CatalogueEngines.allCases)
    func list(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        let broken = try await scene.test.addBrokenPicture(by: scene.owner, label: scene.label, reason: "No JPEG.")
        func found(_ query: OwnPictureQuery, _ viewer: Viewer) async throws -> [PictureID] {
            try await scene.bulk.list(query, viewer: viewer).map(\.picture.id)
        }
        let (mine, owner) = (OwnPictureQuery(account: scene.owner.id), scene.owner.viewer)
        #expect(try await found(mine, owner) == Array(scene.ids.reversed()))
        #expect(try await found(OwnPictureQuery(account: nil), scene.manager.viewer) == Array(scene.ids.reversed()))
        #expect(try await found(OwnPictureQuery(account: nil), scene.reader.viewer).isEmpty)
        #expect(try await found(OwnPictureQuery(account: nil), .guest).isEmpty)
        #expect(try await found(OwnPictureQuery(state: .broken, account: scene.owner.id), owner) == [broken])
        #expect(try await found(OwnPictureQuery(account: scene.owner.id, label: scene.other.id), owner).isEmpty)
        let box = BoundingBox(west: 2.0005, south: 47, east: 2.0025, north: 49)
        let inBox = OwnPictureQuery(account: scene.owner.id, box: box, order: .init(.taken, isDescending: false))
        #expect(try await found(inBox, owner) == [scene.ids[1], scene.ids[2]])
        let late = OwnPictureQuery(account: scene.owner.id, from: TestCatalogue.epoch.addingTimeInterval(30))
        #expect(try await found(late, owner) == [scene.ids[4], scene.ids[3]])
        let paged = OwnPictureQuery(account: scene.owner.id, after: scene.ids[3], limit: 2)
        #expect(try await found(paged, owner) == [scene.ids[2], scene.ids[1]])
        _ = try await scene.bulk.edit(
            [scene.ids[2]], try PictureBulkEdit(visibility: .ownerOnly), by: scene.owner.viewer)
        #expect(try await found(OwnPictureQuery(state: .hidden, account: scene.owner.id), owner) == [scene.ids[2]])
        #expect(try await found(OwnPictureQuery(state: .hidden, account: nil), scene.manager.viewer).isEmpty)
    }
}
