import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Which camera belongs to which label")
struct CameraCheckTests {
    /// By somebody who has both labels.
    private func addPicture(_ scene: UploadSetScene, _ label: CameraLabel, serial: String) async throws {
        let sender = try await scene.test.addAccount("sender of \(serial)", .field, grants: [label])
        let set = try await scene.test.addUploadSet(by: sender, label: label)
        let picture = TestPicture()
        let id = try await scene.test.admit(picture, to: set)
        var tags = picture.tags
        tags.serialNumber = serial
        scene.test.setTags(tags, of: id)
        try await scene.test.catalogue.uploadSets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
    }

    @Test("is told by the pictures that are here, as far as one may see them", arguments: CatalogueEngines.allCases)
    func check(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let labels = scene.test.catalogue.labels
        let other = try await scene.test.addLabel("vehicle-8")
        try await addPicture(scene, scene.label, serial: "C1")
        try await addPicture(scene, other, serial: "C2")
        func ask(_ serial: String, _ viewer: Viewer) async throws -> String {
            let check = try await labels.check(serial: serial, for: scene.label.id, viewer: viewer)
            return "\(check.isKnownHere) \(check.other ?? "-") \(check.elsewhere)"
        }
        #expect(try await ask("C1", .system) == "true - []")
        #expect(try await ask("C2", .system) == #"false C1 ["vehicle-8"]"#)
        // Not a word of labels that are not granted to them.
        #expect(try await ask("C2", scene.owner.viewer) == "false C1 []")
        let stranger = try await scene.test.addAccount("stranger", .field, grants: [])
        #expect(try await ask("C1", stranger.viewer) == "false - []")
    }
}
