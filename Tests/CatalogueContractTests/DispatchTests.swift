import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Cutting a batch, and cutting it anew")
struct DispatchTests {
    private struct Scene {
        let test: TestCatalogue
        let label: CameraLabel
        let owner: Account
        let reader: Viewer
        let set: UploadSet

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            label = try await test.addLabel("vehicle-7")
            owner = try await test.addAccount("owner", .field, grants: [label])
            reader = try await test.addAccount("reader", .viewer, grants: [label]).viewer
            set = try await test.addUploadSet(by: owner, label: label)
        }

        var catalogue: Catalogue { test.catalogue }

        /// A picture so many seconds after the start; each second is some metres.
        func admit(_ seconds: Double, metres: Double? = nil) async throws -> PictureID {
            let way = (metres ?? seconds / 10) * 0.000_013_5
            return try await test.admit(
                TestPicture(
                    "\(seconds)-\(metres ?? 0).jpg", at: GeoPoint(longitude: 2 + way, latitude: 48),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(seconds)),
                to: set)
        }

        /// Does what is due, one job at a time, cutting as the server does; until one of another step comes.
        func process(_ steps: Set<String> = ["inspect", "dispatch", "develop", "erase"]) async throws {
            while true {
                let now = max(Date.now, TestCatalogue.epoch).addingTimeInterval(60)
                let jobs = try await test.claim(limit: 1, now: now).filter { steps.contains(Self.word($0)) }
                if jobs.isEmpty { return }
                for job in jobs { try await work(on: job) }
            }
        }

        func work(on job: Job) async throws {
            guard case .dispatch(let id) = job.step else { return try await test.work(on: job) }
            let candidates = try #require(try await catalogue.sequences.candidates(of: id))
            try await catalogue.sequences.dispatch(id, DispatchPlan.make(from: candidates), ending: job)
        }

        static func word(_ job: Job) -> String {
            switch job.step {
            case .inspect: "inspect"
            case .dispatch: "dispatch"
            case .develop: "develop"
            case .erase: "erase"
            default: "other"
            }
        }

        func complete() async throws {
            try await catalogue.uploadSets.complete(set.id, at: TestCatalogue.epoch)
            try await process()
        }

        func sequence(of id: PictureID) async throws -> SequenceID? {
            try await catalogue.pictures.find(id, viewer: .system)?.sequenceID
        }

        func parts() async throws -> [PictureSequence] {
            try await catalogue.uploadSets.status(set.id).parts.map(\.sequence)
        }

        func sees(_ id: PictureID) async throws -> Bool {
            try await catalogue.pictures.find(id, viewer: reader) != nil
        }
    }

    @Test(
        "a forgotten trip before the others moves nothing that was said of them, and shows nothing that was hidden",
        arguments: CatalogueEngines.allCases)
    func earlier(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let open = [try await scene.admit(4000), try await scene.admit(4010)]
        let hidden = [try await scene.admit(8000), try await scene.admit(8010)]
        try await scene.complete()
        let before = try await scene.parts()
        #expect(before.map(\.title) == ["card-1", "card-2"])
        try await scene.catalogue.sequences.edit(
            before[1].id, SequenceEdit(title: "home", visibility: .ownerOnly), by: scene.owner.viewer)
        let forgotten = [try await scene.admit(0), try await scene.admit(10)]
        try await scene.complete()

        let after = try await scene.parts()
        #expect(after.count == 3)
        for id in open { #expect(try await scene.sequence(of: id) == before[0].id) }
        for id in hidden {
            #expect(try await scene.sequence(of: id) == before[1].id)
            #expect(try await !scene.sees(id))
        }
        #expect(after.first { $0.id == before[1].id }?.title == "home")
        for id in forgotten + open { #expect(try await scene.sees(id)) }
        #expect(after.first { !before.map(\.id).contains($0.id) }?.title == "card-3")
    }

    @Test(
        "where two trips become one, the pictures of the hidden one stay hidden", arguments: CatalogueEngines.allCases)
    func merged(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let open = [try await scene.admit(0), try await scene.admit(10)]
        let hidden = try await scene.admit(500)
        try await scene.complete()
        let before = try await scene.parts()
        #expect(before.count == 2)
        let sequences = scene.catalogue.sequences
        try await sequences.edit(before[1].id, SequenceEdit(visibility: .ownerOnly), by: scene.owner.viewer)
        let between = try await scene.admit(250)
        try await scene.complete()

        #expect(try await scene.parts().map(\.id) == [before[0].id])
        #expect(try await scene.sequence(of: hidden) == before[0].id)
        for id in open + [between] { #expect(try await scene.sees(id)) }
        #expect(try await !scene.sees(hidden))
        #expect(try await scene.catalogue.pictures.search(PictureQuery(), viewer: scene.reader).count == 3)
        // It is hidden alone now, whatever becomes of the whole.
        try await sequences.edit(before[0].id, SequenceEdit(visibility: .anyone), by: scene.owner.viewer)
        #expect(try await !scene.sees(hidden))
    }

    @Test(
        "a near-duplicate goes when what is kept is prepared, and is not prepared itself before",
        arguments: CatalogueEngines.allCases)
    func duplicate(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let kept = try await scene.admit(0, metres: 0)
        let duplicate = try await scene.admit(1, metres: 0.5)
        let other = try await scene.admit(20, metres: 20)
        try await scene.catalogue.uploadSets.complete(scene.set.id, at: TestCatalogue.epoch)
        try await scene.process(["inspect", "dispatch"])
        #expect(try await scene.sequence(of: duplicate) == nil)
        #expect(try await scene.catalogue.pictures.find(duplicate, viewer: .system)?.status == .preparing)
        let status = try await scene.catalogue.uploadSets.status(scene.set.id)
        #expect(status.rejected == 0 && status.preparing == 3 && !status.isSettled)

        try await scene.catalogue.jobs.releaseAll()
        try await scene.process(["develop", "dispatch"])
        #expect(try await scene.catalogue.pictures.find(duplicate, viewer: .system) == nil)
        for id in [kept, other] {
            #expect(try await scene.catalogue.pictures.find(id, viewer: .system)?.status == .prepared)
        }
        let refused = try await scene.catalogue.uploadSets.files(scene.set.id, after: nil, limit: 9)
            .compactMap(\.rejection)
        #expect(refused.map(\.reason) == [.captureDuplicate])
        #expect(refused.first?.details["duplicate_of"] == kept.string)
        let left = try await scene.catalogue.jobs.counts()
        #expect(left == ["erase": 1])
    }

    @Test("a near-duplicate stays when what it is one of turns out to be broken", arguments: CatalogueEngines.allCases)
    func broken(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let damaged = try await scene.admit(0, metres: 0)
        let duplicate = try await scene.admit(1, metres: 0.5)
        try await scene.catalogue.uploadSets.complete(scene.set.id, at: TestCatalogue.epoch)
        try await scene.process(["inspect", "dispatch"])
        try await scene.catalogue.jobs.releaseAll()
        // Its tags could be read, the rest cannot.
        scene.test.setTags(nil, of: damaged)
        try await scene.process()
        #expect(try await scene.catalogue.pictures.find(damaged, viewer: .system)?.status == .broken)
        let picture = try #require(try await scene.catalogue.pictures.find(duplicate, viewer: .system))
        #expect(picture.status == .prepared && picture.sequenceID != nil)
        #expect(try await scene.sees(duplicate))
        #expect(try await scene.catalogue.uploadSets.status(scene.set.id).rejected == 0)
        #expect(try await scene.catalogue.jobs.counts().isEmpty)
    }
}

extension JobStore {
    /// Gives up the leases of jobs that a test has claimed and not done, as a start does.
    fileprivate func releaseAll() async throws {
        _ = try await reclaim(except: "nobody", now: TestCatalogue.epoch)
    }
}
