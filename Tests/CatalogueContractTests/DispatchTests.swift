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
}
