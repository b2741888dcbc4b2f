import Catalogue
import Domain
import Foundation
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("What must not stay", .timeLimit(.minutes(2)))
struct ErasureServiceTests {
    private func area(around longitude: Double, _ latitude: Double) throws -> ExcludedArea {
        let ring = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1), (-1, -1)].map {
            [longitude + $0 * 0.0001, latitude + $1 * 0.0001]
        }
        return ExcludedArea(label: "yard", shape: try GeoShape(coordinates: [[ring]]))
    }

    @Test("a picture taken in an area is refused with its reason, and its received file is gone")
    func refused() async throws {
        let bench = try await PipelineBench()
        _ = try await bench.catalogue.areas.add(try area(around: 2.35, 48.85))
        let inside = try await bench.admitPicture(0)
        let outside = try await bench.admitPicture(100)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(inside) == nil)
        #expect(try await bench.picture(outside)?.status == .prepared)
        let files = try await bench.catalogue.uploadSets.files(bench.set.id, after: nil, limit: 10)
        #expect(files.first { $0.path == "0.jpg" }?.rejection?.reason == .inExcludedArea)
        #expect(try bench.staged().isEmpty)
        #expect(try bench.working().isEmpty)
        #expect(try await bench.stored().allSatisfy { $0.contains(outside.string) })
    }

    @Test("a receipt is pending for as long as a file of it cannot be removed")
    func pending() async throws {
        let bench = try await PipelineBench()
        let ids = [try await bench.admitPicture(0), try await bench.admitPicture(100)]
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        let receipt = try await bench.catalogue.uploadSets.delete(bench.set.id)
        func erasure() async throws -> Erasure? {
            try await bench.catalogue.erasures.find(receipt, viewer: .system)
        }
        // Whoever wants to remove something, a job or the janitor, is refused.
        let store = UnreliableStore(
            bench.store, refusing: 10_000, of: .delete, with: Failure(.unavailable, "No."))
        try await bench.run(bench.pipeline(store: store)) {
            try await eventually { store.left < 9_999 }
            #expect(try await erasure()?.finishedAt == nil)
            #expect(try await erasure()?.remaining == 2)
            #expect(try await bench.stored().count == 6)
        }
        try await bench.run(bench.pipeline()) {
            try await eventually {
                bench.skip(60)
                return try await bench.queueIsEmpty()
            }
        }
        #expect(try await erasure()?.finishedAt != nil)
        #expect(try await bench.stored().isEmpty)
        #expect(Set(try await bench.catalogue.erasures.proofs(of: receipt).map(\.picture)) == Set(ids))
    }
}
