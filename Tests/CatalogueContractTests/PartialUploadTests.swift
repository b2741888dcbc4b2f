import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Files in parts in the catalogue", .serialized)
struct PartialUploadTests {
    private let test: TestCatalogue
    private let label: CameraLabel
    private let ada: Account
    private let set: UploadSet
    private let moment = TestCatalogue.epoch

    init() async throws {
        test = try await TestCatalogue()
        label = try await test.addLabel("car-7")
        ada = try await test.addAccount("ada", .field, grants: [label])
        set = try await test.addUploadSet(by: ada, label: label)
    }

    private var uploads: PartialUploadStore { test.catalogue.partialUploads }

    private func begin(_ name: String = "a.jpg", length: Int64 = 500, making own: UploadSet? = nil) async throws
        -> PartialUpload
    {
        let upload = PartialUpload(
            accountID: ada.id, labelID: label.id, uploadSetID: own?.id ?? set.id, name: name, length: length,
            stagedName: "\(UUID().uuidString.lowercased()).jpg", createdAt: moment,
            expiresAt: moment.addingTimeInterval(60))
        try await uploads.begin(upload, making: own, within: PartialUploadRules())
        return upload
    }

    @Test("what is stored is what was said, for its account alone")
    func stored() async throws {
        let upload = try await begin()
        #expect(try await uploads.find(upload.id, viewer: ada.viewer) == upload)
        let root = try await test.addAccount("root", .admin)
        for viewer in [root.viewer, .guest, .system] {
            #expect(try await uploads.find(upload.id, viewer: viewer) == nil)
        }
        #expect(try await uploads.find(PartialUploadID(), viewer: ada.viewer) == nil)
        #expect(PartialUploadID().text.utf8.count * 4 == 160)
    }

    @Test("an offset only grows, and each part gives it time")
    func advance() async throws {
        let upload = try await begin()
        let later = moment.addingTimeInterval(600)
        try await uploads.advance(upload.id, to: 200, until: later)
        let grown = try #require(try await uploads.find(upload.id, viewer: ada.viewer))
        #expect(grown.received == 200 && grown.expiresAt == later)
        for offset: Int64 in [199, 501] {
            await #expect(throws: Failure.self) { try await uploads.advance(upload.id, to: offset, until: later) }
        }
        #expect(try await uploads.whole(limit: 5).isEmpty)
        try await uploads.advance(upload.id, to: 500, until: later)
        #expect(try await uploads.whole(limit: 5).map(\.id) == [upload.id])
    }

    @Test("the picture and the end of its parts are one transaction, after which nothing personal is left")
    func arrival() async throws {
        let upload = try await begin("Family Street 7.jpg")
        let staged = try #require(upload.stagedName)
        #expect(try await test.catalogue.pictures.stagedNames(among: [staged]) == [staged])
        let picture = Picture(
            accountID: ada.id, labelID: label.id, uploadSetID: set.id, originalName: "a.jpg", originalSize: 500,
            originalSHA256: "s")
        let file = UploadFile(
            uploadSetID: set.id, path: "a.jpg", size: 500, sha256: "s", md5: "m", pictureID: picture.id)
        let sets = test.catalogue.uploadSets
        _ = try await sets.admit(file, as: picture, stagedName: staged, viewer: ada.viewer, ending: upload.id)
        let ended = try #require(try await uploads.find(upload.id, viewer: ada.viewer))
        #expect(ended.arrival == .admitted(picture.id))
        #expect(ended.name.isEmpty && ended.stagedName == nil && ended.received == 500)
        #expect(try await test.catalogue.pictures.stagedNames(among: [staged]) == [staged])
        #expect(try await uploads.unwantedFiles(limit: 5).isEmpty, "the picture needs them")
        // Finished by another request meanwhile: nothing is taken twice.
        let other = UploadFile(uploadSetID: set.id, path: "b.jpg", size: 5, sha256: "t", md5: "m")
        let second = Picture(
            accountID: ada.id, labelID: label.id, uploadSetID: set.id, originalName: "b.jpg", originalSize: 5,
            originalSHA256: "t")
        await #expect(throws: Failure.self) {
            try await sets.admit(other, as: second, stagedName: "x.jpg", viewer: ada.viewer, ending: upload.id)
        }
        #expect(try await test.catalogue.pictures.find(second.id, viewer: .system) == nil)
    }

    @Test("what becomes no picture gives up its bytes in the same transaction")
    func refused() async throws {
        let duplicate = try await begin()
        let picture = try #require(
            try await test.addPreparedPictures([TestPicture("k.jpg")], by: ada, label: label).pictures.first)
        let known = try #require(try await test.catalogue.pictures.find(picture, viewer: .system))
        let same = Picture(
            accountID: ada.id, labelID: label.id, uploadSetID: set.id, originalName: "a.jpg", originalSize: 500,
            originalSHA256: known.originalSHA256)
        let file = UploadFile(
            uploadSetID: set.id, path: "a.jpg", size: 500, sha256: known.originalSHA256, md5: "m", pictureID: same.id)
        let sets = test.catalogue.uploadSets
        _ = try await sets.admit(
            file, as: same, stagedName: duplicate.stagedName ?? "", viewer: ada.viewer, ending: duplicate.id)
        #expect(try await uploads.find(duplicate.id, viewer: ada.viewer)?.arrival == .duplicate(of: picture))
        let rejected = try await begin("b.jpg")
        let refusal = UploadFile(
            uploadSetID: set.id, path: "b.jpg", size: 500, sha256: "r", md5: "m",
            rejection: Rejection(.invalidFile, "No picture."))
        try await sets.reject(refusal, ending: rejected.id)
        #expect(try await uploads.find(rejected.id, viewer: ada.viewer) == nil)
        let names = [duplicate.stagedName, rejected.stagedName].compactMap(\.self).sorted()
        #expect(try await uploads.unwantedFiles(limit: 5) == names)
    }

    @Test("a set that was made for one file goes with it, unless something is in it")
    func ownSet() async throws {
        for isUsed in [false, true] {
            let own = UploadSet(accountID: ada.id, labelID: label.id, title: "one")
            let upload = try await begin(making: own)
            if isUsed {
                let refusal = UploadFile(
                    uploadSetID: own.id, path: "x.mp4", size: 1, sha256: "", md5: "",
                    rejection: Rejection(.invalidFile, "No picture."))
                try await test.catalogue.uploadSets.reject(refusal)
            }
            try await uploads.abandon(upload.id)
            let found = try await test.catalogue.uploadSets.find(own.id, viewer: ada.viewer)
            #expect((found != nil) == isUsed)
        }
    }

    @Test("with its sender's account the parts go, and the receipt waits for the bytes")
    func account() async throws {
        let upload = try await begin()
        _ = try await test.addAccount("root", .admin)
        let receipt = try await test.catalogue.accounts.delete(ada.id, leaving: .erased, by: .system)
        #expect(try await test.catalogue.erasures.find(receipt, viewer: .system)?.finishedAt == nil)
        let names = try await uploads.unwantedFiles(limit: 5)
        #expect(names == [upload.stagedName])
        try await uploads.removed(unwanted: names, at: moment)
        #expect(try await test.catalogue.erasures.find(receipt, viewer: .system)?.finishedAt == moment)
    }
}
