import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The orders of one's own pictures")
struct BulkOrderTests {
    /// Three more pictures, sent later but taken earlier, of another label; one is hidden.
    private func scene(_ engine: CatalogueEngines) async throws -> (scene: BulkScene, names: [PictureID: String]) {
        let scene = try await BulkScene(engine)
        let more = ["b.jpg", "A.jpg", "a.jpg"].enumerated().map { index, name in
            TestPicture(
                name, at: GeoPoint(longitude: 3, latitude: 48 + Double(index) * 0.001),
                capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index - 5) * 60))
        }
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.other, title: "later")
        var ids: [PictureID] = []
        for test in more {
            ids.append(try await scene.test.admit(test, to: set, at: TestCatalogue.epoch.addingTimeInterval(60)))
        }
        try await scene.catalogue.uploadSets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
        _ = try await scene.bulk.edit([ids[0]], try PictureBulkEdit(visibility: .ownerOnly), by: scene.owner.viewer)
        let names = Dictionary(
            uniqueKeysWithValues: zip(scene.ids + ids, (0..<5).map { "\($0).jpg" } + more.map(\.path)))
        return (scene, names)
    }

    private func pages(_ scene: BulkScene, _ order: OwnPictureOrder) async throws -> [OwnPicture] {
        var found: [OwnPicture] = []
        while true {
            let page = try await scene.bulk.list(
                OwnPictureQuery(
                    account: scene.owner.id, order: order, after: found.last?.picture.id, limit: 3),
                viewer: scene.owner.viewer)
            found += page
            if page.count < 3 || found.count > 20 { return found }
        }
    }

    @Test(
        "in every order, up and down, pages neither repeat nor leave out",
        arguments: CatalogueEngines.allCases, OwnPictureOrder.Key.allCases)
    func paging(engine: CatalogueEngines, key: OwnPictureOrder.Key) async throws {
        let (scene, names) = try await scene(engine)
        for isDescending in [false, true] {
            let order = OwnPictureOrder(key, isDescending: isDescending)
            let whole = try await scene.bulk.list(
                OwnPictureQuery(account: scene.owner.id, order: order), viewer: scene.owner.viewer)
            #expect(Set(whole.map(\.picture.id)) == Set(names.keys))
            #expect(try await pages(scene, order).map(\.picture.id) == whole.map(\.picture.id), "\(key)")
        }
    }

    @Test("names go by their letters, labels by name and within one by time", arguments: CatalogueEngines.allCases)
    func meaning(engine: CatalogueEngines) async throws {
        let (scene, names) = try await scene(engine)
        func found(_ key: OwnPictureOrder.Key, isDescending: Bool = false) async throws -> [String] {
            try await pages(scene, .init(key, isDescending: isDescending)).compactMap { names[$0.picture.id] }
        }
        let numbers = (0..<5).map { "\($0).jpg" }
        let byName = try await found(.name)
        #expect(byName.prefix(5) == numbers[...] && byName.last == "b.jpg")
        #expect(try await found(.label) == numbers.reversed() + ["a.jpg", "A.jpg", "b.jpg"])
        #expect(try await found(.taken) == ["b.jpg", "A.jpg", "a.jpg"] + numbers)
        #expect(try await found(.state).first == "b.jpg")
        #expect(Set(try await found(.sent, isDescending: true).prefix(3)) == ["a.jpg", "A.jpg", "b.jpg"])
    }

    @Test(
        "more than can be sorted quickly are refused with what to do, by time never",
        arguments: CatalogueEngines.allCases)
    func bounded(engine: CatalogueEngines) async throws {
        let scene = try await BulkScene(engine)
        var query = OwnPictureQuery(account: scene.owner.id, order: .init(.name))
        query.mostSorted = 4
        await #expect(throws: Failure.self) { try await scene.bulk.list(query, viewer: scene.owner.viewer) }
        query.order = .init(.taken)
        #expect(try await scene.bulk.list(query, viewer: scene.owner.viewer).count == 5)
        query.order = .init(.name)
        query.mostSorted = 5
        #expect(try await scene.bulk.list(query, viewer: scene.owner.viewer).count == 5)
    }
}
