import Catalogue
import Domain
import Foundation
import Logging
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("What was deleted for a while", .timeLimit(.minutes(2)))
struct RemovalServiceTests {
    @Test("its bytes stay for as long as it can be taken back, whatever is tidied up, and go when that is over")
    func due() async throws {
        let bench = try await PipelineBench()
        let (kept, gone) = (try await bench.admitPicture(0), try await bench.admitPicture(100))
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        let files = try await bench.stored()
        let removals = bench.catalogue.removals
        let until = bench.now.addingTimeInterval(86_400)
        let first = try await removals.remove(kept, until: until, by: .system)
        let second = try await removals.remove(gone, until: until, by: .system)
        let janitor = Janitor(
            catalogue: bench.catalogue, store: bench.store, staging: bench.staging, logger: Logger(label: "test"))
        #expect(try await janitor.sweepStore() == 0)
        #expect(try await janitor.sweepOriginals() == 0)
        #expect(try await janitor.finishRemovals(at: until.addingTimeInterval(-1)) == 0)
        #expect(try await bench.stored() == files && files.count == 6)
        try await removals.restore(try #require(first.removal), by: .system)
        try await bench.run(bench.pipeline { $0.expiryInterval = .milliseconds(20) }) {
            try await eventually { try await bench.queueIsEmpty() }
            bench.skip(90_000)
            try await eventually { try await bench.stored().count == 3 }
            try await eventually { try await bench.queueIsEmpty() }
        }
        #expect(try await bench.picture(kept) != nil)
        #expect(try await bench.stored().allSatisfy { $0.contains(kept.string) })
        #expect(try await removals.find(try #require(second.removal), viewer: .system) == nil)
        let receipt = try #require(
            try await bench.catalogue.erasures.list(before: nil, limit: 9, viewer: .system).first)
        #expect(receipt.subject == gone.string && receipt.finishedAt != nil)
    }

    @Test("a file that has not been looked at yet stays, and is prepared when it is taken back")
    func staged() async throws {
        let bench = try await PipelineBench()
        let id = try await bench.admitPicture(0)
        let done = try await bench.catalogue.removals.remove(id, until: .distantFuture, by: .system)
        let janitor = Janitor(
            catalogue: bench.catalogue, store: bench.store, staging: bench.staging, logger: Logger(label: "test"))
        #expect(try await janitor.sweepStaging() == 0)
        #expect(try await bench.queueIsEmpty())
        try await bench.catalogue.removals.restore(try #require(done.removal), by: .system)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(id)?.status == .prepared)
    }
}
