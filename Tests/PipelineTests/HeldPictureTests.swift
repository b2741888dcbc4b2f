import Catalogue
import Domain
import Foundation
import Logging
import Pipeline
import TestSupport
import Testing

@Suite("A picture without a place", .timeLimit(.minutes(2)))
struct HeldPictureTests {
    private func bench(holds: Bool) async throws -> PipelineBench {
        let bench = try await PipelineBench()
        try await bench.catalogue.uploadSets.edit(bench.set.id, UploadSetEdit(holdsUnplaced: holds), by: .system)
        return bench
    }

    private func work(_ bench: PipelineBench) async throws {
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
    }

    private func file(_ bench: PipelineBench, _ path: String = "a.jpg") async throws -> UploadFile? {
        try await bench.catalogue.uploadSets.files(bench.set.id, after: nil, limit: 10).first { $0.path == path }
    }

    @Test("is refused, as ever, where nobody has asked to keep it; the camera's time is nobody's business")
    func refused() async throws {
        let bench = try await bench(holds: false)
        let id = try await bench.admit("unplaced", path: "a.jpg")
        try await work(bench)
        #expect(try await bench.picture(id) == nil)
        let file = try #require(try await file(bench))
        #expect(file.rejection?.details == ["missing_fields": "lat,lon"] && file.heldUntil == nil)
        #expect(try bench.staged().isEmpty)
    }

    @Test("waits in the staging folder and keeps no other from its sequence")
    func held() async throws {
        let bench = try await bench(holds: true)
        let id = try await bench.admit("unplaced", path: "a.jpg")
        let good = try await bench.admitPicture(0)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await work(bench)
        #expect(try await bench.picture(good)?.sequenceID != nil)
        #expect(try await bench.picture(id)?.status == .waiting)
        #expect(try await file(bench)?.heldUntil != nil)
        let status = try await bench.catalogue.uploadSets.status(bench.set.id)
        #expect(status.held == 1 && status.notProcessed == 0 && status.rejected == 0 && status.isSettled)
        let janitor = Janitor(
            catalogue: bench.catalogue, store: bench.store, staging: bench.staging, logger: Logger(label: "test"))
        #expect(try await janitor.sweepStaging() == 0)
        #expect(try await janitor.refuseUnplaced(at: .now) == 0)
        #expect(try bench.staged() == [id.string])
        let held = try await bench.catalogue.heldPictures.list(of: bench.set.id, limit: 10, viewer: .system)
        #expect(held.map(\.id) == [id] && held.first?.missing == [.place])
        #expect(held.first?.cameraTime == RFC3339.date("2026-11-21T08:00:00Z"))
    }

    @Test("goes on as if the camera had written it, once somebody has said where it was")
    func placed() async throws {
        let bench = try await bench(holds: true)
        let id = try await bench.admit("unplaced", path: "a.jpg")
        let good = try await bench.admitPicture(0)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await work(bench)
        let place = GivenPlace(position: GeoPoint(longitude: 2.5, latitude: 48.9))
        let store = bench.catalogue.heldPictures
        #expect(try await store.place([id: place], in: UploadSetID(), by: .system, at: .now) == 0)
        #expect(try await store.place([id: place], in: bench.set.id, by: .system, at: .now) == 1)
        #expect(try await store.place([id: place], in: bench.set.id, by: .system, at: .now) == 0, "not twice")
        try await work(bench)
        let picture = try #require(try await bench.picture(id))
        #expect(picture.status == .prepared && picture.sequenceID != nil)
        #expect(picture.tags?.position == GeoPoint(longitude: 2.5, latitude: 48.9))
        #expect(try await bench.picture(good)?.sequenceID != nil)
        #expect(try await file(bench)?.heldUntil == nil)
        #expect(try bench.staged().isEmpty)
        #expect(try await bench.catalogue.uploadSets.status(bench.set.id).held == 0)
    }

    @Test(
        "is refused with its reason when its time is over, or it is given up; nothing of it is left",
        arguments: [true, false])
    func ended(isGivenUp: Bool) async throws {
        let bench = try await bench(holds: true)
        try await bench.admit("unplaced", path: "a.jpg")
        try await work(bench)
        let janitor = Janitor(
            catalogue: bench.catalogue, store: bench.store, staging: bench.staging, logger: Logger(label: "test"))
        if isGivenUp {
            #expect(try await bench.catalogue.heldPictures.giveUp(nil, in: bench.set.id, at: .now) == 1)
        } else {
            let end = try #require(try await file(bench)?.heldUntil)
            #expect(abs(end.timeIntervalSinceNow - 30 * 86_400) < 3600)
            #expect(try await janitor.refuseUnplaced(at: end - 1) == 0)
            #expect(try await janitor.refuseUnplaced(at: end) == 1)
        }
        let file = try #require(try await file(bench))
        #expect(file.heldUntil == nil && file.pictureID == nil && file.rejection?.reason == .invalidMetadata)
        #expect(file.rejection?.message.contains(isGivenUp ? "given up" : "in time") == true)
        #expect(try await janitor.removeUnwantedParts() == 1)
        #expect(try bench.staged().isEmpty)
        #expect(try await bench.catalogue.uploadSets.status(bench.set.id).rejected == 1)
    }

    @Test("goes with its upload set")
    func deleted() async throws {
        let bench = try await bench(holds: true)
        try await bench.admit("unplaced", path: "a.jpg")
        try await work(bench)
        try await bench.catalogue.uploadSets.delete(bench.set.id)
        try await work(bench)
        #expect(try bench.staged().isEmpty)
    }
}
