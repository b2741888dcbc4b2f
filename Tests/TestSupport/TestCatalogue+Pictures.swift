import Catalogue
import Domain
import Foundation
import Synchronization

/// What a test says of a picture; the rest is made up.
package struct TestPicture: Sendable {
    package var path: String
    package var position: GeoPoint
    package var capturedAt: Date
    package var heading: Double?
    package var type: PictureType
    package var sha256: String

    /// - Parameter sha256: of the content; made up from a new identifier when absent, so that no two are alike.
    package init(
        _ path: String = "DCIM/100GOPRO/G0010001.JPG",
        at position: GeoPoint = GeoPoint(longitude: 2.3522, latitude: 48.8566),
        capturedAt: Date = TestCatalogue.epoch, heading: Double? = 90, type: PictureType = .flat,
        sha256: String? = nil
    ) {
        self.path = path
        self.position = position
        self.capturedAt = capturedAt
        self.heading = heading
        self.type = type
        self.sha256 = sha256 ?? TestPicture.newSHA256()
    }

    package static func newSHA256() -> String {
        let id = PictureID().string.replacingOccurrences(of: "-", with: "")
        return id + id
    }

    /// What the darkroom would have read.
    package var tags: PictureTags {
        PictureTags(
            position: position, altitude: 35, horizontalAccuracy: 4, capturedAt: capturedAt, utcOffsetMinutes: 120,
            gpsTime: capturedAt, cameraTime: capturedAt, heading: heading, type: type,
            fieldOfView: type == .flat ? 70 : 360, make: "GoPro", model: type == .flat ? "HERO8 Black" : "MAX",
            width: type == .flat ? 4000 : 5760, height: type == .flat ? 3000 : 2880,
            exif: ["Exif.Image.Make": "GoPro", "Exif.Photo.FNumber": "28/10"])
    }
}

extension TestCatalogue {
    /// An open upload set.
    package func addUploadSet(
        by account: Account, label: CameraLabel, title: String = "card", estimatedFiles: Int? = nil,
        visibility: Visibility = .loggedOnly, createdAt: Date = TestCatalogue.epoch
    ) async throws -> UploadSet {
        let set = UploadSet(
            accountID: account.id, labelID: label.id, title: title, estimatedFiles: estimatedFiles,
            visibility: visibility, createdAt: createdAt)
        try await catalogue.uploadSets.create(set)
        return set
    }

    /// Admits a picture to the set as its sender knows it; it waits. Throws when it is a duplicate.
    @discardableResult
    package func admit(
        _ test: TestPicture = TestPicture(), as id: PictureID = PictureID(), to set: UploadSet,
        at moment: Date = TestCatalogue.epoch
    ) async throws -> PictureID {
        let file = UploadFile(
            uploadSetID: set.id, path: test.path, size: 1_000_000, sha256: test.sha256,
            md5: String(test.sha256.prefix(32)), receivedAt: moment)
        let picture = Picture(
            id: id, accountID: set.accountID, labelID: set.labelID, uploadSetID: set.id,
            visibility: set.visibility,
            originalName: String(test.path.split(separator: "/").last ?? "picture.jpg"),
            originalSize: file.size, originalSHA256: test.sha256, createdAt: moment, updatedAt: moment)
        let outcome = try await catalogue.uploadSets.admit(
            file, as: picture, stagedName: picture.id.string, viewer: .account(set.accountID, .field))
        guard case .admitted = outcome else { throw Failure(.conflict, "The test picture is a duplicate.") }
        tags.withLock { $0[picture.id] = test.tags }
        return picture.id
    }

    /// A completed set of pictures, all prepared and dispatched to one sequence in order of time.
    @discardableResult
    package func addPreparedPictures(
        _ tests: [TestPicture], by account: Account, label: CameraLabel, title: String = "card",
        visibility: Visibility = .loggedOnly
    ) async throws -> (set: UploadSet, pictures: [PictureID]) {
        let set = try await addUploadSet(by: account, label: label, title: title, visibility: visibility)
        var pictures: [PictureID] = []
        for test in tests { pictures.append(try await admit(test, to: set)) }
        try await catalogue.uploadSets.complete(set.id, at: Self.epoch)
        try await process()
        return (set, pictures)
    }

    /// One prepared, dispatched picture in an upload set of its own.
    @discardableResult
    package func addPreparedPicture(
        _ test: TestPicture = TestPicture(), by account: Account, label: CameraLabel,
        visibility: Visibility = .loggedOnly
    ) async throws -> PictureID {
        let added = try await addPreparedPictures([test], by: account, label: label, visibility: visibility)
        guard let id = added.pictures.first else { throw Failure(.internalError, "No picture was added.") }
        return id
    }

    /// One picture that the darkroom could not work on.
    @discardableResult
    package func addBrokenPicture(
        _ test: TestPicture = TestPicture(), by account: Account, label: CameraLabel, reason: String = "It is broken."
    ) async throws -> PictureID {
        let set = try await addUploadSet(by: account, label: label)
        let id = try await admit(test, to: set)
        tags.withLock { $0[id] = nil }
        try await process(brokenReason: reason)
        return id
    }
}
