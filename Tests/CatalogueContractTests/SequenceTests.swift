import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Sequences")
struct SequenceTests {
    struct Scene {
        let test: TestCatalogue
        let label: CameraLabel
        let owner: Account
        var sequences: SequenceStore { test.catalogue.sequences }
        var pictures: PictureStore { test.catalogue.pictures }

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            label = try await test.addLabel("vehicle-7")
            owner = try await test.addAccount("owner", .field, grants: [label])
        }

        func picture(_ index: Int, longitude: Double? = nil) -> TestPicture {
            TestPicture(
                "\(index).jpg", at: GeoPoint(longitude: longitude ?? 2 + Double(index) * 0.001, latitude: 48),
                capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)))
        }

        /// A completed set whose pictures are all inspected; the dispatch job is claimed.
        func ready(_ count: Int) async throws -> (set: UploadSet, ids: [PictureID], job: Job) {
            let set = try await test.addUploadSet(by: owner, label: label)
            var ids: [PictureID] = []
            for index in 0..<count { ids.append(try await test.admit(picture(index), to: set)) }
            try await test.catalogue.uploadSets.complete(set.id, at: TestCatalogue.epoch)
            for job in try await test.claim() { try await test.work(on: job) }
            let job = try await test.claim(limit: 1).first
            return (set, ids, try #require(job))
        }

        func place(_ id: PictureID, _ heading: Double? = 10) -> DispatchPlan.Placement {
            DispatchPlan.Placement(id: id, heading: heading, isHeadingComputed: heading != nil)
        }
    }

    @Test(
        "figures grow as pictures are prepared, in whatever order, to what a fresh count gives",
        arguments: CatalogueEngines.allCases)
    func figures(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (set, ids, job) = try await scene.ready(6)
        let plan = DispatchPlan(parts: [ids.map { scene.place($0) }], duplicates: [:])
        try await scene.sequences.dispatch(set.id, plan, ending: job)
        #expect(try await scene.sequences.list(SequenceQuery(), viewer: .system).isEmpty)
        let id = try #require(try await scene.pictures.find(ids[0], viewer: .system)?.sequenceID)
        #expect(try await scene.sequences.find(id, viewer: scene.owner.viewer)?.pictures == 0)
        let reader = try await scene.test.addAccount("reader", .viewer, grants: [scene.label]).viewer
        #expect(try await scene.sequences.find(id, viewer: reader) == nil)

        for (done, job) in try await scene.test.claim().shuffled().enumerated() {
            try await scene.test.work(on: job)
            #expect(try await scene.sequences.find(id, viewer: reader)?.pictures == done + 1)
        }
        let summary = try #require(try await scene.sequences.find(id, viewer: reader))
        let points = (0..<6).map { scene.picture($0).position }
        let length = zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
        #expect(abs(summary.length - length) < 1e-6)
        #expect(summary.box == BoundingBox(around: points))
        #expect(summary.capturedFrom == TestCatalogue.epoch)
        #expect(summary.capturedTo == TestCatalogue.epoch.addingTimeInterval(5))
        #expect(summary.type == .flat)
        #expect(summary.model == "HERO8 Black")
        #expect(summary.producer == "owner")
        #expect(summary.label == "vehicle-7")

        // Counting anew, as hiding and showing one picture does, gives the same.
        try await scene.pictures.setVisibility(ids[2], .ownerOnly)
        #expect(try await scene.sequences.find(id, viewer: reader)?.pictures == 5)
        try await scene.pictures.setVisibility(ids[2], .loggedOnly)
        let again = try #require(try await scene.sequences.find(id, viewer: reader))
        #expect(abs(again.length - length) < 1e-6)
        #expect(again.box == summary.box)
    }

    @Test(
        "a plan becomes sequences with ranks and headings, titles numbered when there are several",
        arguments: CatalogueEngines.allCases)
    func plan(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (set, ids, job) = try await scene.ready(4)
        let plan = DispatchPlan(
            parts: [[scene.place(ids[1], 33), scene.place(ids[0], nil)], [scene.place(ids[2]), scene.place(ids[3])]],
            duplicates: [:])
        try await scene.sequences.dispatch(set.id, plan, ending: job)
        let parts = try await scene.test.catalogue.uploadSets.status(set.id).parts
        #expect(parts.map(\.sequence.title) == ["card-1", "card-2"])
        #expect(parts.map(\.preparing) == [2, 2])
        let first = try #require(try await scene.pictures.find(ids[1], viewer: .system))
        #expect(first.rank == 1)
        #expect(first.heading == 33)
        #expect(first.isHeadingComputed)
        #expect(first.tags?.heading == 90)
        let second = try #require(try await scene.pictures.find(ids[0], viewer: .system))
        #expect(second.rank == 2)
        #expect(second.heading == nil)
        // Developing keeps the heading that dispatch gave.
        try await scene.test.process()
        #expect(try await scene.pictures.find(ids[1], viewer: .system)?.heading == 33)
    }

    @Test("cutting anew re-uses sequences in order and deletes those left empty", arguments: CatalogueEngines.allCases)
    func again(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (set, ids, job) = try await scene.ready(4)
        let two = DispatchPlan(
            parts: [ids.prefix(2).map { scene.place($0) }, ids.suffix(2).map { scene.place($0) }], duplicates: [:])
        try await scene.sequences.dispatch(set.id, two, ending: job)
        try await scene.test.process()
        let before = try await scene.test.catalogue.uploadSets.status(set.id).parts.map(\.sequence.id)
        let extra = try await scene.test.admit(scene.picture(9), to: set)
        try await scene.test.catalogue.uploadSets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
        let after = try await scene.test.catalogue.uploadSets.status(set.id).parts.map(\.sequence.id)
        #expect(after == [before[0]])
        #expect(try await scene.pictures.find(extra, viewer: .system)?.rank == 5)
        #expect(try await scene.sequences.find(before[0], viewer: .system)?.pictures == 5)
        #expect(try await scene.sequences.find(before[1], viewer: .system) == nil)
    }

    @Test("candidates carry path, times, place and the heading of the tags", arguments: CatalogueEngines.allCases)
    func candidates(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (set, ids, _) = try await scene.ready(2)
        let found = try #require(try await scene.sequences.candidates(of: set.id))
        #expect(found.set.id == set.id)
        #expect(found.pictures.map(\.id) == ids)
        let first = try #require(found.pictures.first)
        #expect(first.path == "0.jpg")
        #expect(first.heading == 90)
        #expect(first.gpsTime == TestCatalogue.epoch)
        #expect(first.position == scene.picture(0).position)
        #expect(try await scene.sequences.candidates(of: UploadSetID()) == nil)
    }

    @Test("deleting a sequence takes its pictures out of sight at once", arguments: CatalogueEngines.allCases)
    func delete(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (set, ids) = try await scene.test.addPreparedPictures(
            [scene.picture(0), scene.picture(1)], by: scene.owner, label: scene.label)
        let id = try #require(try await scene.pictures.find(ids[0], viewer: .system)?.sequenceID)
        try await scene.sequences.delete(id)
        #expect(try await scene.sequences.find(id, viewer: .system) == nil)
        #expect(try await scene.pictures.find(ids[0], viewer: .system) == nil)
        #expect(try await scene.test.catalogue.jobs.counts() == ["erase": 2])
        #expect(try await scene.test.catalogue.uploadSets.status(set.id).prepared == 0)
        await #expect(throws: Failure.self) { try await scene.sequences.delete(id) }
    }

    @Test("deleting the last picture of a sequence deletes the sequence", arguments: CatalogueEngines.allCases)
    func lastPicture(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let id = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label)
        let sequence = try #require(try await scene.pictures.find(id, viewer: .system)?.sequenceID)
        try await scene.pictures.delete(id)
        #expect(try await scene.sequences.find(sequence, viewer: .system) == nil)
    }

    @Test(
        "sequences are listed newest capture first, each once, over pages with ties",
        arguments: CatalogueEngines.allCases)
    func pages(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let seeded = try await scene.test.seed(pictures: 1500, spread: 0.5, label: scene.label)
        let reader = try await scene.test.addAccount("reader", .viewer, grants: [scene.label]).viewer
        var seen: [SequenceSummary] = []
        var query = SequenceQuery(limit: 4)
        while true {
            let page = try await scene.sequences.list(query, viewer: reader)
            guard let last = page.last, let from = last.capturedFrom else { break }
            seen += page
            query.after = SequenceQuery.Position(moment: from, id: last.sequence.id)
        }
        #expect(seen.count == 30)
        #expect(Set(seen.map(\.sequence.id)) == Set(seeded.map(\.sequenceID)))
        let keys = seen.map { ($0.capturedFrom ?? .distantPast, $0.sequence.id) }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { ($1.0, $0.1) < ($0.0, $1.1) })
    }

    @Test("a box, a time, an account and an upload set each narrow the list down", arguments: CatalogueEngines.allCases)
    func filters(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let west = try await scene.test.addPreparedPictures(
            [scene.picture(0, longitude: -5)], by: scene.owner, label: scene.label)
        let other = try await scene.test.addAccount("other", .field, grants: [scene.label])
        let east = try await scene.test.addPreparedPictures(
            [scene.picture(9, longitude: 5)], by: other, label: scene.label)
        func sets(_ query: SequenceQuery) async throws -> [UploadSetID] {
            try await scene.sequences.list(query, viewer: .system).map(\.sequence.uploadSetID)
        }
        let moment = TestCatalogue.epoch.addingTimeInterval(5)
        #expect(try await sets(SequenceQuery()) == [east.set.id, west.set.id])
        #expect(
            try await sets(SequenceQuery(box: BoundingBox(west: 4, south: 40, east: 6, north: 50))) == [east.set.id])
        #expect(
            try await sets(SequenceQuery(box: BoundingBox(west: 4, south: 40, east: -4, north: 50)))
                == [east.set.id, west.set.id])
        #expect(try await sets(SequenceQuery(from: moment)) == [east.set.id])
        #expect(try await sets(SequenceQuery(to: moment)) == [west.set.id])
        #expect(try await sets(SequenceQuery(account: other.id)) == [east.set.id])
        #expect(try await sets(SequenceQuery(uploadSet: west.set.id)) == [west.set.id])
    }
}
