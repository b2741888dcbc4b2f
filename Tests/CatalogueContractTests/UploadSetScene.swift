import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

struct UploadSetScene {
    let test: TestCatalogue
    let label: CameraLabel
    let owner: Account
    var sets: UploadSetStore { test.catalogue.uploadSets }
    var pictures: PictureStore { test.catalogue.pictures }

    init(_ engine: CatalogueEngines) async throws {
        test = try await TestCatalogue(engine)
        label = try await test.addLabel("vehicle-7")
        owner = try await test.addAccount("owner", .field, grants: [label])
    }

    func set(_ title: String = "card", estimated: Int? = nil) async throws -> UploadSet {
        try await test.addUploadSet(by: owner, label: label, title: title, estimatedFiles: estimated)
    }

    func file(_ path: String, _ set: UploadSet, sha256: String = TestPicture.newSHA256()) -> UploadFile {
        UploadFile(
            uploadSetID: set.id, path: path, size: 10, sha256: sha256, md5: "", receivedAt: TestCatalogue.epoch)
    }

    func admit(_ file: UploadFile, viewer: Viewer? = nil) async throws -> UploadSetStore.Admission {
        let picture = Picture(
            accountID: owner.id, labelID: label.id, uploadSetID: file.uploadSetID, originalName: "a.jpg",
            originalSize: 10, originalSHA256: file.sha256)
        return try await sets.admit(
            file, as: picture, stagedName: picture.id.string, viewer: viewer ?? owner.viewer)
    }

    func reload(_ set: UploadSet) async throws -> UploadSet {
        try #require(try await sets.find(set.id, viewer: .system))
    }
}
