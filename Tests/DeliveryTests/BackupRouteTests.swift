import Catalogue
import Delivery
import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("A backup route")
struct BackupRouteTests {
    private func route(_ scene: DeliveryScene) async throws -> Route {
        try await scene.makeRoute([.backup]) { $0.whenHidden = .keep }
    }

    private func names(_ id: PictureID, _ revision: Int, original: String?) -> [String] {
        let place = "\(id.string.prefix(2))/\(id.string.dropFirst(2).prefix(2))/\(id)"
        let files = ["hd", "sd", "thumb"].map { "store/pictures/\(place)/\(revision)/\($0).jpg" }
        return (original.map { ["store/originals/\(place)/\($0)"] } ?? []) + files
    }

    @Test("brings every stored file under its stored name, originals as they are, of hidden pictures too")
    func whole() async throws {
        let scene = try await DeliveryScene()
        _ = try await route(scene)
        let kept = try await scene.picture(original: .kept)
        let sealed = try await scene.picture(original: .sealed, at: TestCatalogue.epoch.addingTimeInterval(60))
        try await scene.catalogue.pictures.setVisibility(kept, .ownerOnly)
        try await scene.deliver()
        let place = try scene.place("/a")
        #expect(place.names == (names(kept, 1, original: "kept.jpg") + names(sealed, 1, original: "sealed")).sorted())
        #expect(place.text(names(sealed, 1, original: "sealed")[0]) == "sealed original")
        #expect(place.puts.count == 8)
    }

    @Test("brings the raw file beside the original, and takes it back with its picture")
    func rawFiles() async throws {
        let scene = try await DeliveryScene()
        _ = try await route(scene)
        let id = try await scene.picture(original: .kept)
        try await scene.addRaw("A1.NEF", .kept, to: id)
        try await scene.deliver()
        let place = try scene.place("/a")
        let raw = "store/\(ObjectKey.raw(id, .kept).path)"
        #expect(place.names == (names(id, 1, original: "kept.jpg") + [raw]).sorted())
        #expect(place.text(raw) == "kept raw")
        try await scene.catalogue.pictures.delete(id)
        try await scene.deliver()
        #expect(place.names.isEmpty)
    }

    @Test("a new revision is there before the old one goes, and an erased picture goes as a whole")
    func changes() async throws {
        let scene = try await DeliveryScene()
        _ = try await route(scene)
        let id = try await scene.picture(original: .kept)
        try await scene.deliver()
        let derivatives = try await scene.files(id, 2)
        let text = try await scene.catalogue.pictures.find(id, viewer: .system)
        #expect(text?.revision == 1)
        try await scene.catalogue.engine.write { connection in
            let list = derivatives.map { derivative in
                "[\"\(derivative.kind)\",4000,3000,\(derivative.size),\"\(derivative.sha256)\"]"
            }
            try connection.execute(
                """
                UPDATE pictures SET revision = 2, derivatives = \("[\(list.joined(separator: ","))]"),
                    updated_at = updated_at + 1 WHERE id = \(id)
                """)
        }
        let place = try scene.place("/a")
        place.set { state in
            state.beforePut = { name in
                guard name.contains("/2/") else { return }
                #expect(place.names.filter { $0.contains("/1/") }.count == 3)
            }
        }
        try await scene.deliver()
        #expect(place.names == names(id, 2, original: "kept.jpg").sorted())
        try await scene.catalogue.pictures.delete(id)
        try await scene.deliver()
        #expect(place.names.isEmpty)
    }

    @Test("is a route of its own, for all pictures, to where files can be read back")
    func bounds() async throws {
        let scene = try await DeliveryScene()
        await #expect(throws: Failure.self) { try await scene.makeRoute([.backup]) }
        await #expect(throws: Failure.self) {
            try await scene.makeRoute([.backup, .hd]) { $0.whenHidden = .keep }
        }
        await #expect(throws: Failure.self) {
            try await scene.makeRoute([.backup]) {
                $0.whenHidden = .keep
                $0.since = .now
            }
        }
    }
}
