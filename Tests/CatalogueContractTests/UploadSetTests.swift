import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Upload sets")
struct UploadSetTests {
    struct Scene {
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

    @Test("a set comes back as it was made", arguments: CatalogueEngines.allCases)
    func roundTrip(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        var set = UploadSet(
            accountID: scene.owner.id, labelID: scene.label.id, title: "Été, carte 1", estimatedFiles: 12,
            rules: DispatchRules(sortMethod: .filenameDescending, splitDistance: nil, relativeHeading: -90),
            visibility: .ownerOnly, metadata: #"{"a":[1]}"#, userAgent: "test/1", createdAt: TestCatalogue.epoch)
        try await scene.sets.create(set)
        #expect(try await scene.reload(set) == set)
        set.title = "Card 2"
        set.rules.splitTime = nil
        set.estimatedFiles = nil
        try await scene.sets.update(set)
        #expect(try await scene.reload(set) == set)
    }

    @Test(
        "the same bytes in the same set are answered with the picture that is there",
        arguments: CatalogueEngines.allCases)
    func duplicateInSet(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
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
        let scene = try await Scene(engine)
        let set = try await scene.set()
        try await scene.test.admit(TestPicture("100GOPRO/a.jpg"), to: set)
        try await scene.test.admit(TestPicture("101GOPRO/a.jpg"), to: set)
        #expect(try await scene.sets.status(set.id).notProcessed == 2)
    }

    @Test(
        "bytes in another set count as there only where the sender may read them",
        arguments: CatalogueEngines.allCases)
    func duplicateElsewhere(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
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
        let scene = try await Scene(engine)
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
        let scene = try await Scene(engine)
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
        let scene = try await Scene(engine)
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

    @Test(
        "dispatch waits until the last picture is inspected, refused or given up on",
        arguments: CatalogueEngines.allCases)
    func dispatchWaits(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let set = try await scene.set()
        for name in ["a.jpg", "b.jpg", "c.jpg"] { try await scene.test.admit(TestPicture(name), to: set) }
        try await scene.sets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.sets.complete(set.id, at: .now)
        #expect(try await scene.reload(set).completedAt == TestCatalogue.epoch)
        let jobs = try await scene.test.claim()
        #expect(jobs.count == 3)
        var counts: [Int?] = []
        for job in jobs {
            guard case .inspect(let id) = job.step else { continue }
            counts.append(try await scene.test.catalogue.jobs.counts()["dispatch"])
            switch counts.count {
            case 1: try await scene.pictures.inspected(id, tags: TestPicture().tags, ending: job)
            case 2: try await scene.pictures.rejected(id, Rejection(.invalidMetadata, "No place."), ending: job)
            default: try await scene.pictures.broken(id, reason: "It cannot be read.", ending: job)
            }
        }
        #expect(counts == [nil, nil, nil])
        #expect(try await scene.test.catalogue.jobs.counts() == ["dispatch": 1, "develop": 1])
        let status = try await scene.sets.status(set.id)
        let figures: [Int] = [status.preparing, status.rejected, status.broken, status.notProcessed]
        #expect(figures == [1, 1, 1, 0] as [Int])
        let refused = try await scene.sets.files(set.id, after: nil, limit: 9).compactMap(\.rejection)
        #expect(refused == [Rejection(.invalidMetadata, "No place.")])
    }

    @Test("a completed set without a picture is dispatched too", arguments: CatalogueEngines.allCases)
    func empty(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let set = try await scene.set()
        try await scene.sets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
        #expect(try await scene.reload(set).dispatchedAt != nil)
        #expect(try await scene.sets.status(set.id).parts.isEmpty)
    }

    @Test(
        "a new file opens a completed set again, and the batch is cut anew into the same sequence",
        arguments: CatalogueEngines.allCases)
    func reopened(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let first = TestPicture("a.jpg", capturedAt: TestCatalogue.epoch.addingTimeInterval(10))
        let (set, ids) = try await scene.test.addPreparedPictures([first], by: scene.owner, label: scene.label)
        let sequence = try await scene.pictures.find(ids[0], viewer: .system)?.sequenceID
        let earlier = try await scene.test.admit(TestPicture("b.jpg"), to: set)
        let open = try await scene.reload(set)
        #expect(open.completedAt == nil)
        #expect(open.dispatchedAt == nil)
        try await scene.sets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
        let pictures = [
            try await scene.pictures.find(earlier, viewer: .system),
            try await scene.pictures.find(ids[0], viewer: .system),
        ]
        #expect(pictures.map { $0?.rank } == [1, 2])
        #expect(pictures.allSatisfy { $0?.sequenceID == sequence })
        let parts: [SequenceID?] = try await scene.sets.status(set.id).parts.map(\.sequence.id)
        #expect(parts == [sequence])
    }

    @Test("a dispatch that has not seen the newest file changes nothing", arguments: CatalogueEngines.allCases)
    func staleDispatch(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let set = try await scene.set()
        try await scene.test.admit(TestPicture("a.jpg"), to: set)
        try await scene.sets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.work(on: try #require(try await scene.test.claim().first))
        let job = try #require(try await scene.test.claim().first { $0.step == .dispatch(set.id) })
        let seen = try #require(try await scene.test.catalogue.sequences.candidates(of: set.id))
        try await scene.test.admit(TestPicture("b.jpg"), to: set)
        await #expect(throws: Failure.self) {
            try await scene.test.catalogue.sequences.dispatch(set.id, TestCatalogue.plan(seen.pictures), ending: job)
        }
        #expect(try await scene.reload(set).dispatchedAt == nil)
        #expect(try await scene.sets.status(set.id).parts.isEmpty)
    }

    @Test(
        "a broken picture can be tried again, and the batch is cut again with it",
        arguments: CatalogueEngines.allCases)
    func retried(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (set, ids) = try await scene.test.addPreparedPictures(
            [TestPicture("a.jpg"), TestPicture("b.jpg")], by: scene.owner, label: scene.label)
        await #expect(throws: Failure.self) { try await scene.pictures.retry(ids[0]) }
        let broken = try await scene.test.addBrokenPicture(by: scene.owner, label: scene.label)
        let other = try #require(try await scene.pictures.find(broken, viewer: .system)).uploadSetID
        #expect(other != set.id)
        try await scene.sets.complete(other, at: TestCatalogue.epoch)
        try await scene.test.process()
        #expect(try await scene.sets.find(other, viewer: .system)?.dispatchedAt != nil)
        try await scene.pictures.retry(broken)
        let picture = try #require(try await scene.pictures.find(broken, viewer: .system))
        #expect(picture.status == .waiting)
        #expect(picture.brokenReason == nil)
        scene.test.setTags(TestPicture().tags, of: broken)
        try await scene.test.process()
        #expect(try await scene.pictures.find(broken, viewer: .system)?.rank == 1)
    }

    @Test(
        "a deleted set is out of sight at once, and its row goes with its last picture",
        arguments: CatalogueEngines.allCases)
    func deleted(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (set, ids) = try await scene.test.addPreparedPictures(
            [TestPicture("a.jpg"), TestPicture("b.jpg")], by: scene.owner, label: scene.label)
        try await scene.sets.delete(set.id)
        #expect(try await scene.sets.find(set.id, viewer: .system) == nil)
        #expect(try await scene.pictures.search(PictureQuery(), viewer: .system).isEmpty)
        #expect(try await scene.test.catalogue.sequences.list(SequenceQuery(), viewer: .system).isEmpty)
        #expect(try await scene.test.catalogue.map.grid(z: 0, x: 0, y: 0, viewer: .system).isEmpty)
        for id in ids {
            #expect(try await scene.pictures.find(id, viewer: .system) == nil)
            #expect(try await scene.pictures.file(id, kind: .hd, viewer: .system) == nil)
        }
        await #expect(throws: Failure.self) { try await scene.admit(scene.file("c.jpg", set)) }
        let jobs = try await scene.test.claim()
        #expect(Set(jobs.map(\.step)) == Set(ids.map { .erase($0) }))
        for job in jobs { try await scene.test.work(on: job) }
        let rows = try await scene.test.catalogue.engine.read { connection in
            try connection.number("SELECT COUNT(*) FROM upload_sets WHERE id = \(set.id)")
        }
        #expect(rows == 0)
    }

    @Test("changing a set's visibility reaches its sequences and pictures", arguments: CatalogueEngines.allCases)
    func visibility(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        var set = try await scene.test.addPreparedPictures(
            [TestPicture()], by: scene.owner, label: scene.label, visibility: .ownerOnly
        ).set
        let reader = try await scene.test.addAccount("reader", .viewer, grants: [scene.label]).viewer
        #expect(try await scene.pictures.count(viewer: reader) == 0)
        set.visibility = .loggedOnly
        try await scene.sets.update(set)
        #expect(try await scene.pictures.count(viewer: reader) == 1)
        set.visibility = .ownerOnly
        try await scene.sets.update(set)
        #expect(try await scene.pictures.count(viewer: reader) == 0)
    }

    @Test("sets are listed newest first, each once, over pages", arguments: CatalogueEngines.allCases)
    func pages(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        var expected: [UploadSet] = []
        for index in 0..<25 {
            expected.append(
                try await scene.test.addUploadSet(
                    by: scene.owner, label: scene.label,
                    createdAt: TestCatalogue.epoch.addingTimeInterval(Double(index / 4))))
        }
        expected.sort { $0.createdAt == $1.createdAt ? $0.id < $1.id : $0.createdAt > $1.createdAt }
        var seen: [UploadSet] = []
        while true {
            let page = try await scene.sets.list(
                of: scene.owner.id, dispatched: false, before: seen.last, limit: 7, viewer: scene.owner.viewer)
            if page.isEmpty { break }
            seen += page
        }
        #expect(seen == expected)
        #expect(
            try await scene.sets.list(of: nil, dispatched: true, before: nil, limit: 9, viewer: .system).isEmpty)
    }

    @Test("files are listed in order of arrival, each once, over pages", arguments: CatalogueEngines.allCases)
    func filePages(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let set = try await scene.set()
        for index in 0..<20 { _ = try await scene.admit(scene.file("\(index).jpg", set)) }
        var seen: [UploadFile] = []
        while true {
            let page = try await scene.sets.files(set.id, after: seen.last, limit: 6)
            if page.isEmpty { break }
            seen += page
        }
        #expect(seen.count == 20)
        #expect(Set(seen.map(\.path)).count == 20)
    }
}
