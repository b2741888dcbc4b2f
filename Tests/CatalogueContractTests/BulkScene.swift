import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

/// Two camera labels; an owner with both, a reader with the first, a manager with both; five pictures in one sequence.
struct BulkScene {
    let test: TestCatalogue
    let label: CameraLabel
    let other: CameraLabel
    let owner: Account
    let reader: Account
    let manager: Account
    let set: UploadSet
    let ids: [PictureID]

    var catalogue: Catalogue { test.catalogue }
    var bulk: BulkStore { test.catalogue.bulk }

    init(
        _ engine: CatalogueEngines, originals: OriginalsPolicy = .discard, visibility: Visibility = .loggedOnly
    ) async throws {
        test = try await TestCatalogue(engine)
        label = try await test.addLabel("mast-1")
        other = try await test.addLabel("mast-2")
        owner = try await test.addAccount("owner", .field, grants: [label, other])
        reader = try await test.addAccount("reader", .viewer, grants: [label])
        manager = try await test.addAccount("manager", .manager, grants: [label, other])
        let pictures = (0..<5).map { Self.picture($0) }
        (set, ids) = try await test.addPreparedPictures(
            pictures, by: owner, label: label, title: "street", visibility: visibility)
    }

    static func picture(_ index: Int, heading: Double? = 350) -> TestPicture {
        TestPicture(
            "\(index).jpg", at: GeoPoint(longitude: 2 + Double(index) * 0.001, latitude: 48),
            capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index) * 10), heading: heading)
    }

    func picture(_ id: PictureID, _ viewer: Viewer = .system) async throws -> Picture? {
        try await catalogue.pictures.find(id, viewer: viewer)
    }

    func sequence(of id: PictureID) async throws -> SequenceID {
        try #require(try await picture(id)?.sequenceID)
    }

    func members(_ sequence: SequenceID, _ viewer: Viewer = .system) async throws -> [PictureID] {
        try await catalogue.sequences.pictures(of: sequence, viewer: viewer)
    }
}
