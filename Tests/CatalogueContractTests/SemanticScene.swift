import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

struct SemanticScene {
    let test: TestCatalogue
    let label: CameraLabel
    let owner: Account
    let set: UploadSet
    let picture: PictureID
    let sequence: SequenceID

    init(_ engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine), label = try await test.addLabel("CAM")
        let owner = try await test.addAccount("owner", .field, grants: [label])
        let added = try await test.addPreparedPictures([TestPicture()], by: owner, label: label)
        let picture = try #require(added.pictures.first)
        let sequence = try await test.catalogue.pictures.find(picture, viewer: .system)?.sequenceID
        self.sequence = try #require(sequence)
        self.picture = picture
        self.test = test
        self.label = label
        self.owner = owner
        set = added.set
    }

    var catalogue: Catalogue { test.catalogue }

    func item() async throws -> PictureItem {
        let found = try await catalogue.pictures.item(picture, viewer: owner.viewer)
        return try #require(found)
    }
}
