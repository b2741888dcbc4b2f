import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Upload sets")
struct UploadSetTests {
    @Test("a set comes back as it was made", arguments: CatalogueEngines.allCases)
    func roundTrip(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        var set = UploadSet(
            accountID: scene.owner.id, labelID: scene.label.id, title: "Été, carte 1", estimatedFiles: 12,
            rules: DispatchRules(sortMethod: .filenameDescending, splitDistance: nil, relativeHeading: -90),
            visibility: .ownerOnly, metadata: #"{"a":[1]}"#, userAgent: "test/1", createdAt: TestCatalogue.epoch)
        try await scene.sets.create(set)
        #expect(try await scene.reload(set) == set)
        set.title = "Card 2"
        set.rules.splitTime = nil
        set.estimatedFiles = 20
        let edit = UploadSetEdit(title: "Card 2", estimatedFiles: 20) {
            var rules = $0
            rules.splitTime = nil
            return rules
        }
        try await scene.sets.edit(set.id, edit, by: scene.owner.viewer)
        #expect(try await scene.reload(set) == set)
    }

    @Test(
        "an edit changes what it names and nothing else, whole or not at all", arguments: CatalogueEngines.allCases)
    func edit(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.test.addPreparedPictures([TestPicture()], by: scene.owner, label: scene.label).set
        let reader = try await scene.test.addAccount("reader", .viewer, grants: [scene.label]).viewer
        // Somebody hides the set while another, who has read it before, gives it a title.
        try await scene.sets.edit(set.id, UploadSetEdit(visibility: .ownerOnly), by: scene.owner.viewer)
        try await scene.sets.edit(set.id, UploadSetEdit(title: "harbour"), by: scene.owner.viewer)
        #expect(try await scene.reload(set).visibility == .ownerOnly)
        #expect(try await scene.pictures.count(viewer: reader) == 0)

        let tag = try SemanticTag(checking: "weather", "rain")
        for change in [
            UploadSetEdit(visibility: .loggedOnly, tags: [SemanticChange(.delete, tag)]),
            UploadSetEdit(
                visibility: .loggedOnly, rules: { _ in throw Failure(.unprocessable, "No.") },
                tags: [SemanticChange(.add, tag)]),
        ] {
            await #expect(throws: Failure.self) {
                try await scene.sets.edit(set.id, change, by: scene.owner.viewer)
            }
            #expect(try await scene.reload(set).visibility == .ownerOnly)
            #expect(try await scene.test.catalogue.semantics.tags(of: .uploadSet(set.id)).isEmpty)
        }
        let gone = await #expect(throws: Failure.self) {
            try await scene.sets.edit(UploadSetID(), UploadSetEdit(title: "x"), by: .system)
        }
        #expect(gone?.code == .notFound)
    }

    @Test(
        "a file is for those whom its set is for when it has arrived, not when it began to",
        arguments: CatalogueEngines.allCases)
    func hiddenMeanwhile(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label, visibility: .anyone)
        try await scene.sets.edit(set.id, UploadSetEdit(visibility: .loggedOnly), by: scene.owner.viewer)
        // Its sender has read the set before.
        let id = try await scene.test.admit(to: set)
        try await scene.sets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
        #expect(try await scene.pictures.find(id, viewer: .guest) == nil)
        #expect(try await scene.pictures.find(id, viewer: scene.owner.viewer)?.visibility == .loggedOnly)
    }

    @Test(
        "the same bytes in the same set are answered with the picture that is there",
        arguments: CatalogueEngines.allCases)
    func duplicateInSet(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.set()
        let id = try await scene.test.admit(TestPicture("100/a.jpg", sha256: "s1"), to: set)
        let again = try await scene.admit(scene.file("100/a.jpg", set, sha256: "s1"))
        #expect(again == .duplicate(of: id, inSet: set.id))
        #expect(try await scene.sets.files(set.id, after: nil, limit: 10).map(\.pictureID) == [id])
        // Elsewhere on the card it is another file of the same content, and is known as such.
        let copy = try await scene.admit(scene.file("101/a.jpg", set, sha256: "s1"))
        #expect(copy == .duplicate(of: id, inSet: set.id))
        let files = try await scene.sets.files(set.id, paths: ["101/a.jpg"])
        #expect(files.map(\.pictureID) == [id])
        #expect(files.first?.rejection?.reason == .fileDuplicate)
        #expect(try await scene.sets.status(set.id).rejected == 1)
    }

    @Test("equal names in two folders stay two pictures", arguments: CatalogueEngines.allCases)
    func equalNames(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.set()
        try await scene.test.admit(TestPicture("100GOPRO/a.jpg"), to: set)
        try await scene.test.admit(TestPicture("101GOPRO/a.jpg"), to: set)
        #expect(try await scene.sets.status(set.id).notProcessed == 2)
    }

    @Test(
        "bytes in another set count as there only where the sender may read them",
        arguments: CatalogueEngines.allCases)
    func duplicateElsewhere(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let first = try await scene.set("first")
        let id = try await scene.test.admit(TestPicture(sha256: "s1"), to: first)
        let second = try await scene.set("second")
        let other = try await scene.test.addAccount("other", .field)
        #expect(try await scene.sets.picture(sha256: "s1", viewer: other.viewer) == nil)
        #expect(try await scene.sets.picture(sha256: "s1", viewer: .guest) == nil)
        #expect(try await scene.sets.picture(sha256: "s1", viewer: scene.owner.viewer) == id)
        try await scene.test.catalogue.labels.grant(scene.label.id, to: other.id)
        #expect(try await scene.sets.picture(sha256: "s1", viewer: other.viewer) == id)
        try await scene.pictures.setVisibility(id, .ownerOnly)
        #expect(try await scene.sets.picture(sha256: "s1", viewer: other.viewer) == nil)

        #expect(
            try await scene.admit(scene.file("b.jpg", second, sha256: "s1")) == .duplicate(of: id, inSet: first.id))
        #expect(
            try await scene.sets.files(second.id, after: nil, limit: 9).map(\.rejection?.reason) == [.fileDuplicate])
    }

    @Test("bytes of a broken or deleted picture are taken as new", arguments: CatalogueEngines.allCases)
    func duplicateOfBroken(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let broken = try await scene.test.addBrokenPicture(
            TestPicture("a.jpg", sha256: "s1"), by: scene.owner, label: scene.label)
        let setID = try #require(try await scene.pictures.find(broken, viewer: .system)).uploadSetID
        let set = try #require(try await scene.sets.find(setID, viewer: .system))
        #expect(try await scene.admit(scene.file("a.jpg", set, sha256: "s1")) == .admitted)
        #expect(try await scene.pictures.find(broken, viewer: .system) == nil)
        let file = try #require(try await scene.sets.files(set.id, after: nil, limit: 9).first)
        try await scene.pictures.delete(try #require(file.pictureID))
        #expect(try await scene.sets.files(set.id, after: nil, limit: 9).isEmpty)
        #expect(try await scene.admit(scene.file("a.jpg", set, sha256: "s1")) == .admitted)
    }

    @Test("a refused file is recorded once, and forgotten when it arrives whole", arguments: CatalogueEngines.allCases)
    func refused(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.set()
        for sha256 in ["s0", "s1"] {
            var file = scene.file("a.jpg", set, sha256: sha256)
            file.rejection = Rejection(.invalidFile, "It is cut short.", details: ["bytes": "10"])
            try await scene.sets.reject(file)
        }
        let files = try await scene.sets.files(set.id, after: nil, limit: 9)
        #expect(files.map(\.sha256) == ["s1"])
        #expect(files.first?.rejection == Rejection(.invalidFile, "It is cut short.", details: ["bytes": "10"]))
        #expect(try await scene.admit(scene.file("a.jpg", set, sha256: "s2")) == .admitted)
        #expect(try await scene.sets.files(set.id, after: nil, limit: 9).map(\.rejection) == [nil])
    }

    @Test(
        "the set completes when as many files as announced are known, refused ones included",
        arguments: CatalogueEngines.allCases)
    func counted(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.set(estimated: 3)
        try await scene.test.admit(TestPicture("a.jpg", sha256: "s1"), to: set)
        var file = scene.file("b.mp4", set)
        file.rejection = Rejection(.invalidFile, "It is a film.")
        try await scene.sets.reject(file)
        #expect(try await scene.reload(set).completedAt == nil)
        _ = try await scene.admit(scene.file("c.jpg", set, sha256: "s1"))
        #expect(try await scene.reload(set).completedAt == TestCatalogue.epoch)
        #expect(try await scene.test.catalogue.jobs.counts() == ["inspect": 1])
        try await scene.test.process()
        #expect(try await scene.reload(set).dispatchedAt != nil)
        let status = try await scene.sets.status(set.id)
        #expect(status.prepared == 1)
        #expect(status.rejected == 2)
        #expect(status.isSettled)
    }

}
