import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The life of an upload set")
struct UploadSetLifeTests {
    @Test(
        "dispatch waits until the last picture is inspected, refused or given up on",
        arguments: CatalogueEngines.allCases)
    func dispatchWaits(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
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
        let scene = try await UploadSetScene(engine)
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
        let scene = try await UploadSetScene(engine)
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
        let scene = try await UploadSetScene(engine)
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
        "pictures that are prepared while a batch is cut leave that to its worker", arguments: CatalogueEngines.allCases
    )
    func preparedMeanwhile(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
        let set = try await scene.set()
        for name in ["a.jpg", "b.jpg"] { try await scene.test.admit(TestPicture(name), to: set) }
        try await scene.sets.complete(set.id, at: TestCatalogue.epoch)
        for job in try await scene.test.claim() { try await scene.test.work(on: job) }
        let jobs = try await scene.test.claim()
        let job = try #require(jobs.first { $0.step == .dispatch(set.id) })
        let seen = try #require(try await scene.test.catalogue.sequences.candidates(of: set.id))
        let others = jobs.filter { $0.id != job.id }
        #expect(others.count == 2)
        for other in others { try await scene.test.work(on: other) }
        try await scene.test.catalogue.sequences.dispatch(set.id, TestCatalogue.plan(seen.pictures), ending: job)
        #expect(try await scene.test.catalogue.jobs.counts() == [:])
        #expect(try await scene.sets.status(set.id).parts.map(\.prepared) == [2])
    }

    @Test(
        "a broken picture can be tried again, and the batch is cut again with it",
        arguments: CatalogueEngines.allCases)
    func retried(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
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
        let scene = try await UploadSetScene(engine)
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
        let scene = try await UploadSetScene(engine)
        let set = try await scene.test.addPreparedPictures(
            [TestPicture()], by: scene.owner, label: scene.label, visibility: .ownerOnly
        ).set
        let reader = try await scene.test.addAccount("reader", .viewer, grants: [scene.label]).viewer
        #expect(try await scene.pictures.count(viewer: reader) == 0)
        try await scene.sets.edit(set.id, UploadSetEdit(visibility: .loggedOnly), by: .system)
        #expect(try await scene.pictures.count(viewer: reader) == 1)
        try await scene.sets.edit(set.id, UploadSetEdit(visibility: .ownerOnly), by: .system)
        #expect(try await scene.pictures.count(viewer: reader) == 0)
    }

    @Test("sets are listed newest first, each once, over pages", arguments: CatalogueEngines.allCases)
    func pages(engine: CatalogueEngines) async throws {
        let scene = try await UploadSetScene(engine)
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
        let scene = try await UploadSetScene(engine)
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
