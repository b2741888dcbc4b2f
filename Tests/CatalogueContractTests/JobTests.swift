import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The job table")
struct JobTests {
    let now = TestCatalogue.epoch

    /// A catalogue with an open set of waiting pictures.
    private func waiting(_ count: Int, _ engine: CatalogueEngines) async throws -> (TestCatalogue, [PictureID]) {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("vehicle-7")
        let owner = try await test.addAccount("owner", .field, grants: [label])
        let set = try await test.addUploadSet(by: owner, label: label)
        var ids: [PictureID] = []
        for index in 0..<count {
            ids.append(
                try await test.admit(TestPicture("\(index).jpg"), to: set, at: now.addingTimeInterval(Double(index))))
        }
        return (test, ids)
    }

    private var later: Date { now.addingTimeInterval(1000) }

    @Test("two workers never get the same job", arguments: CatalogueEngines.allCases)
    func exclusive(engine: CatalogueEngines) async throws {
        let (test, ids) = try await waiting(60, engine)
        let jobs = test.catalogue.jobs
        let claimed = try await withThrowingTaskGroup(of: [Job].self) { group in
            for worker in 0..<6 {
                group.addTask {
                    var mine: [Job] = []
                    while true {
                        let more = try await jobs.claim(worker: "w\(worker)", limit: 3, now: later, lease: 60)
                        if more.isEmpty { return mine }
                        mine += more
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 60)
        #expect(Set(claimed.map(\.step)) == Set(ids.map { Job.Step.inspect($0) }))
        #expect(claimed.allSatisfy { $0.attempt == 1 })
    }

    @Test("the oldest job comes first, and none before it is due", arguments: CatalogueEngines.allCases)
    func order(engine: CatalogueEngines) async throws {
        let (test, ids) = try await waiting(5, engine)
        let jobs = test.catalogue.jobs
        let early = try await jobs.claim(worker: "w", limit: 10, now: now.addingTimeInterval(2), lease: 60)
        #expect(early.map(\.step) == ids.prefix(3).map { .inspect($0) })
        #expect(try await jobs.claim(worker: "w", limit: 10, now: now.addingTimeInterval(2), lease: 60).isEmpty)
        #expect(try await jobs.nextDue(now: now) == now.addingTimeInterval(3))
        #expect(try await jobs.counts() == ["inspect": 5])
    }

    @Test("erase and dispatch come before inspect, inspect before develop", arguments: CatalogueEngines.allCases)
    func steps(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("vehicle-7")
        let owner = try await test.addAccount("owner", .field, grants: [label])
        let developing = try await test.addUploadSet(by: owner, label: label)
        let first = try await test.admit(TestPicture("a.jpg"), to: developing)
        try await test.work(on: try #require(try await test.claim().first))
        let second = try await test.admit(TestPicture("b.jpg"), to: developing)
        let empty = try await test.addUploadSet(by: owner, label: label)
        try await test.catalogue.uploadSets.complete(empty.id, at: now)
        let gone = try await test.admit(TestPicture("c.jpg"), to: developing)
        try await test.catalogue.pictures.delete(gone)
        let steps = try await test.claim().map(\.step)
        #expect(steps == [.erase(gone), .dispatch(empty.id), .inspect(second), .develop(first)])
    }

    @Test(
        "a worker whose lease has run out does not claim again what it is doing", arguments: CatalogueEngines.allCases)
    func held(engine: CatalogueEngines) async throws {
        let (test, _) = try await waiting(2, engine)
        let jobs = test.catalogue.jobs
        let first = try await jobs.claim(worker: "a", limit: 1, now: later, lease: 60)
        let after = later.addingTimeInterval(100)
        let second = try await jobs.claim(worker: "a", limit: 9, now: after, lease: 60, besides: first.map(\.id))
        #expect(first.count == 1 && second.count == 1 && first[0].id != second[0].id)
        // It is still its own, and may be ended.
        try await jobs.release(first[0])
        #expect(try await jobs.claim(worker: "b", limit: 9, now: after, lease: 60).map(\.id) == [first[0].id])
    }

    @Test(
        "a lease that runs out gives the job to another, and the first can change nothing any more",
        arguments: CatalogueEngines.allCases)
    func lostLease(engine: CatalogueEngines) async throws {
        let (test, ids) = try await waiting(1, engine)
        let (jobs, pictures) = (test.catalogue.jobs, test.catalogue.pictures)
        let mine = try #require(try await jobs.claim(worker: "a", limit: 1, now: later, lease: 60).first)
        #expect(mine.leaseUntil == later.addingTimeInterval(60))
        #expect(try await jobs.claim(worker: "b", limit: 1, now: later.addingTimeInterval(59), lease: 60).isEmpty)
        #expect(try await jobs.renew(mine, worker: "a", until: later.addingTimeInterval(100)))
        #expect(try await jobs.claim(worker: "b", limit: 1, now: later.addingTimeInterval(99), lease: 60).isEmpty)
        let theirs = try #require(
            try await jobs.claim(worker: "b", limit: 1, now: later.addingTimeInterval(100), lease: 60).first)
        #expect(theirs.id == mine.id)
        #expect(theirs.attempt == 2)

        #expect(try await jobs.renew(mine, worker: "a", until: later.addingTimeInterval(500)) == false)
        let tags = TestPicture().tags
        await #expect(throws: Failure.self) { try await pictures.inspected(ids[0], tags: tags, ending: mine) }
        await #expect(throws: Failure.self) {
            try await pictures.rejected(ids[0], Rejection(.invalidFile, "No."), ending: mine)
        }
        await #expect(throws: Failure.self) { try await pictures.broken(ids[0], reason: "No.", ending: mine) }
        await #expect(throws: Failure.self) { try await jobs.retry(mine, at: now, error: "No.") }
        await #expect(throws: Failure.self) { try await jobs.release(mine) }
        await #expect(throws: Failure.self) { try await jobs.drop(mine) }
        #expect(try await pictures.find(ids[0], viewer: .system)?.status == .waiting)

        try await pictures.inspected(ids[0], tags: tags, ending: theirs)
        #expect(try await pictures.find(ids[0], viewer: .system)?.status == .preparing)
        #expect(try await jobs.counts() == ["develop": 1])
        // Ending it twice is a lost lease too.
        await #expect(throws: Failure.self) { try await pictures.inspected(ids[0], tags: tags, ending: theirs) }
    }

    @Test("a released job does not count the attempt, a retried one does", arguments: CatalogueEngines.allCases)
    func attempts(engine: CatalogueEngines) async throws {
        let (test, _) = try await waiting(1, engine)
        let jobs = test.catalogue.jobs
        let first = try #require(try await jobs.claim(worker: "a", limit: 1, now: later, lease: 60).first)
        try await jobs.release(first)
        let second = try #require(try await jobs.claim(worker: "a", limit: 1, now: later, lease: 60).first)
        #expect(second.attempt == 1)
        try await jobs.retry(second, at: later.addingTimeInterval(30), error: "out of memory")
        #expect(try await jobs.claim(worker: "a", limit: 1, now: later.addingTimeInterval(29), lease: 60).isEmpty)
        #expect(try await jobs.nextDue(now: later) == later.addingTimeInterval(30))
        let third = try #require(
            try await jobs.claim(worker: "a", limit: 1, now: later.addingTimeInterval(30), lease: 60).first)
        #expect(third.attempt == 2)
        try await jobs.postpone(third, until: later.addingTimeInterval(60), reason: "The disk is full.")
        await #expect(throws: Failure.self) { try await jobs.postpone(third, until: later, reason: "Lost.") }
        #expect(try await jobs.nextDue(now: later) == later.addingTimeInterval(60))
        let fourth = try #require(
            try await jobs.claim(worker: "a", limit: 1, now: later.addingTimeInterval(60), lease: 60).first)
        #expect(fourth.attempt == 2)
    }

    @Test("what keeps jobs waiting is said once each, the most frequent first", arguments: CatalogueEngines.allCases)
    func setbacks(engine: CatalogueEngines) async throws {
        let (test, _) = try await waiting(4, engine)
        let jobs = test.catalogue.jobs
        #expect(try await jobs.setbacks().isEmpty)
        let claimed = try await jobs.claim(worker: "a", limit: 3, now: later, lease: 60)
        try await jobs.retry(claimed[0], at: later, error: "The model cannot be read.")
        try await jobs.retry(claimed[1], at: later, error: "The disk is full.")
        try await jobs.retry(claimed[2], at: later, error: "The model cannot be read.")
        let found = try await jobs.setbacks()
        #expect(found.map(\.reason) == ["The model cannot be read.", "The disk is full."])
        #expect(found.map(\.jobs) == [2, 1])
    }

    @Test(
        "at start the leases of an earlier run are given up, with their attempts counted",
        arguments: CatalogueEngines.allCases)
    func reclaim(engine: CatalogueEngines) async throws {
        let (test, _) = try await waiting(3, engine)
        let jobs = test.catalogue.jobs
        _ = try await jobs.claim(worker: "before", limit: 2, now: later, lease: 6000)
        _ = try await jobs.claim(worker: "now", limit: 1, now: later, lease: 6000)
        #expect(try await jobs.reclaim(except: "now", now: later) == 2)
        let again = try await jobs.claim(worker: "now", limit: 5, now: later, lease: 60)
        #expect(again.map(\.attempt) == [2, 2])
    }

    @Test("a dropped job is gone", arguments: CatalogueEngines.allCases)
    func drop(engine: CatalogueEngines) async throws {
        let (test, _) = try await waiting(1, engine)
        let jobs = test.catalogue.jobs
        let job = try #require(try await test.claim().first)
        try await jobs.drop(job)
        #expect(try await jobs.counts().isEmpty)
        #expect(try await jobs.nextDue(now: now) == nil)
    }

    @Test("deleting a picture takes its job from the worker that has it", arguments: CatalogueEngines.allCases)
    func deletedUnderWork(engine: CatalogueEngines) async throws {
        let (test, ids) = try await waiting(1, engine)
        let pictures = test.catalogue.pictures
        let job = try #require(try await test.claim().first)
        try await pictures.delete(ids[0])
        #expect(try await pictures.find(ids[0], viewer: .system) == nil)
        await #expect(throws: Failure.self) {
            try await pictures.inspected(ids[0], tags: TestPicture().tags, ending: job)
        }
        let erase = try #require(try await test.claim().first)
        #expect(erase.step == .erase(ids[0]))
        #expect(try await pictures.treatment(ids[0])?.stagedName == ids[0].string)
        #expect(try await pictures.stagedNames(among: [ids[0].string, "other"]) == [ids[0].string])
        #expect(try await pictures.existing(ids).isEmpty)
        try await pictures.erased(ids[0], ending: erase)
        #expect(try await pictures.treatment(ids[0]) == nil)
        #expect(try await pictures.stagedNames(among: [ids[0].string]).isEmpty)
    }
}
