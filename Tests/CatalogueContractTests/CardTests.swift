import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Camera cards")
struct CardTests {
    private func fates(_ scene: UploadSetScene, _ set: UploadSet) async throws -> [String: CardFate] {
        let lines = try await scene.test.catalogue.cards.lines(set.id, viewer: scene.owner.viewer)
        return Dictionary(lines.map { ($0.path, $0.fate) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(
        "a file that was received is prepared, held while its file is kept, or gone; one that was deleted is missing",
        arguments: CatalogueEngines.allCases)
    func received(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let (set, pictures) = try await scene.test.addPreparedPictures(
            [TestPicture("a.jpg"), TestPicture("b.jpg")], by: scene.owner, label: scene.label)
        #expect(try await fates(scene, set) == ["a.jpg": .prepared, "b.jpg": .prepared])
        try await scene.test.catalogue.cards.list(
            [CardEntry(path: "a.jpg", size: 1_000_000, kind: .picture)], isWhole: true, of: set.id, at: .now)
        try await scene.pictures.delete(pictures[0])
        #expect(try await fates(scene, set) == ["a.jpg": .missing, "b.jpg": .prepared])

        let broken = try await scene.test.addBrokenPicture(
            TestPicture("c.jpg"), by: scene.owner, label: scene.label)
        let picture = try #require(try await scene.pictures.find(broken, viewer: .system))
        let other = try #require(try await scene.sets.find(picture.uploadSetID, viewer: .system))
        #expect(try await fates(scene, other) == ["c.jpg": .held])
    }

    @Test(
        "a listed file keeps its digest when it is listed again without one, and loses it with another size",
        arguments: CatalogueEngines.allCases)
    func listed(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.set()
        let cards = scene.test.catalogue.cards
        let digest = String(repeating: "a", count: 64)
        func list(_ size: Int64, _ digest: String?) async throws -> String? {
            let entry = CardEntry(path: "a.jpg", size: size, kind: .picture, sha256: digest)
            try await cards.list([entry], isWhole: false, of: set.id, at: .now)
            return try await cards.lines(set.id, viewer: scene.owner.viewer).first?.sha256
        }
        #expect(try await list(5, digest) == digest)
        #expect(try await list(5, nil) == digest)
        #expect(try await list(6, nil) == nil)
        #expect(try await cards.state(set.id) == CardState())
    }

    @Test("nothing that was said of a card stays when its upload set is deleted", arguments: CatalogueEngines.allCases)
    func deleted(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let (set, _) = try await scene.test.addPreparedPictures(
            [TestPicture("a.jpg")], by: scene.owner, label: scene.label)
        let cards = scene.test.catalogue.cards
        let entry = CardEntry(path: "private.mp4", size: 5, kind: .video)
        try await cards.list([entry], isWhole: true, of: set.id, at: TestCatalogue.epoch)
        try await cards.agree(toLose: "digest", of: set.id, at: TestCatalogue.epoch)
        #expect(try await cards.state(set.id).agreedLosses == "digest")
        try await scene.sets.delete(set.id)
        #expect(try await cards.lines(set.id, viewer: .system) == [])
        #expect(try await cards.state(set.id) == CardState())
        await #expect(throws: Failure.self) {
            try await cards.list([entry], isWhole: true, of: set.id, at: TestCatalogue.epoch)
        }
    }
}
