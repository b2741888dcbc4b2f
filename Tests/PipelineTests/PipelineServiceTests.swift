import Catalogue
import Domain
import Foundation
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("Working the job table", .timeLimit(.minutes(2)))
struct PipelineServiceTests {
    @Test("a batch ends prepared, stored, in one sequence, and nothing unredacted is left")
    func batch() async throws {
        let bench = try await PipelineBench()
        var ids: [PictureID] = []
        for index in 0..<12 { ids.append(try await bench.admitPicture(index * 10)) }
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }

        for (index, id) in ids.enumerated() {
            let picture = try #require(try await bench.picture(id))
            #expect(picture.status == .prepared)
            #expect(picture.rank == index + 1)
            #expect(picture.isHeadingComputed)
            #expect(picture.derivatives.map(\.kind) == [.hd, .sd, .thumb])
        }
        let status = try await bench.catalogue.uploadSets.status(bench.set.id)
        #expect(status.parts.count == 1)
        #expect(status.prepared == 12)
        #expect(try await bench.stored().count == 36)
        #expect(try bench.staged().isEmpty)
        #expect(try bench.working().isEmpty)
    }

    @Test("what is queued while the pipeline runs is done, woken or not")
    func wake() async throws {
        let bench = try await PipelineBench()
        let pipeline = bench.pipeline { $0.pollInterval = .seconds(3_600) }
        try await bench.run(pipeline) {
            let first = try await bench.admitPicture(0)
            pipeline.wake()
            try await eventually { try await bench.picture(first)?.status == .prepared }
        }
        try await bench.run(bench.pipeline()) {
            // Nobody says a word: the catalogue is looked at now and then.
            let second = try await bench.admitPicture(10)
            try await eventually { try await bench.picture(second)?.status == .prepared }
        }
    }

    @Test("a refused file is gone, with its reason in the batch, and the others are unharmed")
    func refused() async throws {
        let bench = try await PipelineBench()
        let refused = try await bench.admit("refused", path: "bad.jpg")
        let good = try await bench.admitPicture(0)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(refused) == nil)
        #expect(try await bench.picture(good)?.status == .prepared)
        let files = try await bench.catalogue.uploadSets.files(bench.set.id, after: nil, limit: 10)
        #expect(files.first { $0.path == "bad.jpg" }?.rejection?.reason == .invalidMetadata)
        #expect(try bench.staged().isEmpty)
    }

    @Test(
        "a picture that crashes or hangs the darkroom is broken after three attempts, the others are not",
        arguments: ["crash", "hang", "garbage", "outside", "never", "huge"])
    func poison(mood: String) async throws {
        let bench = try await PipelineBench()
        let poison = try await bench.admit(mood)
        var good: [PictureID] = []
        for index in 0..<4 { good.append(try await bench.admitPicture(index * 10)) }
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        let pipeline = bench.pipeline {
            $0.retryDelays = [0]
            if mood == "hang" { $0.darkroom.inspectLimit = .seconds(3) }
        }
        try await bench.run(pipeline) { try await eventually { try await bench.queueIsEmpty() } }
        let picture = try #require(try await bench.picture(poison))
        #expect(picture.status == .broken)
        #expect(picture.brokenReason?.isEmpty == false)
        // Its original stays for another try; nothing of it may be served.
        #expect(try bench.staged() == [poison.string])
        #expect(try await bench.stored().allSatisfy { !$0.contains(poison.string) })
        for id in good { #expect(try await bench.picture(id)?.status == .prepared) }
        #expect(try await bench.catalogue.uploadSets.status(bench.set.id).parts.count == 1)
    }

    @Test("attempts are spaced out")
    func backOff() async throws {
        let bench = try await PipelineBench()
        let poison = try await bench.admit("crash")
        try await bench.run(bench.pipeline { $0.retryDelays = [500, 5_000] }) {
            var total = 0.0
            for delay in [500.0, 5_000] {
                total += delay
                try await eventually {
                    try await (bench.catalogue.jobs.nextDue(now: .now) ?? .now).timeIntervalSinceNow > total - 200
                }
                #expect(try await bench.picture(poison)?.status == .waiting)
                bench.skip(delay)
            }
            try await eventually { try await bench.picture(poison)?.status == .broken }
        }
    }

    @Test("a fault that passes breaks nothing, however long it lasts")
    func passing() async throws {
        let bench = try await PipelineBench()
        let late = try await bench.admit("late")
        let pipeline = bench.pipeline { $0.outageDelays = [0] }
        let tries = Notes<Int>()
        try await bench.run(pipeline) {
            // More often than a picture of its own fault would get.
            while tries.all.count < 6 {
                let due = try await bench.catalogue.jobs.nextDue(now: .now)
                try await eventually {
                    bench.skip(60)
                    return try await bench.catalogue.jobs.nextDue(now: .now) != due
                }
                tries.add(1)
            }
            #expect(try await bench.picture(late)?.status == .waiting)
            try Data().write(to: URL(fileURLWithPath: "\(bench.workingFolder)/ready"))
            try await eventually {
                bench.skip(60)
                return try await bench.picture(late)?.status == .prepared
            }
        }
    }

    @Test("an outage uses up none of a picture's own attempts: a crash after it is the first")
    func outageThenCrash() async throws {
        let bench = try await PipelineBench()
        let late = try await bench.admit("late")
        let pipeline = bench.pipeline { $0.outageDelays = [0] }
        try await bench.run(pipeline) {
            for _ in 0..<6 {
                let due = try await bench.catalogue.jobs.nextDue(now: .now)
                try await eventually {
                    bench.skip(60)
                    return try await bench.catalogue.jobs.nextDue(now: .now) != due
                }
            }
            try await eventually {
                bench.skip(60)
                return try await bench.catalogue.jobs.setbacks().map(\.jobs) == [1]
            }
            // Two crashes, and then it works.
            for name in ["crash-once", "crash-twice", "ready"] {
                try Data().write(to: URL(fileURLWithPath: "\(bench.workingFolder)/\(name)"))
            }
            try await eventually {
                bench.skip(60)
                return try await bench.picture(late)?.status == .prepared
            }
            #expect(try await bench.catalogue.jobs.setbacks().isEmpty)
        }
    }

    @Test("a store without room delays pictures and breaks none", arguments: [Failure.Code.noSpace, .unavailable])
    func storeFails(code: Failure.Code) async throws {
        let bench = try await PipelineBench()
        var ids: [PictureID] = []
        for index in 0..<3 { ids.append(try await bench.admitPicture(index * 10)) }
        let store = UnreliableStore(bench.store, refusing: 12, with: Failure(code, "No."))
        try await bench.run(bench.pipeline(store: store)) {
            try await eventually {
                bench.skip(30)
                return try await bench.queueIsEmpty()
            }
        }
        #expect(store.left < 0)
        for id in ids { #expect(try await bench.picture(id)?.status == .prepared) }
        #expect(try await bench.stored().count == 9)
        #expect(try bench.staged().isEmpty)
        #expect(try bench.working().isEmpty)
    }

    @Test("a picture whose received file is gone is broken, and says so")
    func fileGone() async throws {
        let bench = try await PipelineBench()
        let id = try await bench.admitPicture(0)
        try FileManager.default.removeItem(atPath: bench.staging.path(of: id.string))
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(id)?.brokenReason?.contains("send it again") == true)
    }

    @Test("a deleted picture goes with all its files")
    func erase() async throws {
        let bench = try await PipelineBench()
        let (gone, stays) = (try await bench.admitPicture(0), try await bench.admitPicture(10))
        let broken = try await bench.admit("crash")
        let pipeline = bench.pipeline { $0.retryDelays = [0] }
        try await bench.run(pipeline) {
            try await eventually { try await bench.queueIsEmpty() }
            #expect(try await bench.stored().count == 6)
            try await bench.catalogue.pictures.delete(gone)
            try await bench.catalogue.pictures.delete(broken)
            try await eventually { try await bench.queueIsEmpty() }
        }
        #expect(try await bench.stored().allSatisfy { $0.contains(stays.string) })
        #expect(try await bench.stored().count == 3)
        #expect(try await bench.catalogue.pictures.treatment(gone) == nil)
        #expect(try bench.staged().isEmpty)
    }

    @Test("a picture deleted while a child works on it leaves nothing behind")
    func eraseInWork() async throws {
        let bench = try await PipelineBench(children: 1)
        let id = try await bench.admit("touch")
        let pipeline = bench.pipeline {
            $0.retryDelays = [0]
            $0.darkroom.inspectLimit = .seconds(2)
        }
        try await bench.run(pipeline) {
            try await eventually { FileManager.default.fileExists(atPath: "\(bench.workingFolder)/busy") }
            try await bench.catalogue.pictures.delete(id)
            try await eventually {
                bench.skip(1)
                return try await bench.queueIsEmpty()
            }
        }
        #expect(try await bench.catalogue.pictures.treatment(id) == nil)
        #expect(try bench.staged().isEmpty)
        #expect(try await bench.stored().isEmpty)
    }

    @Test("a stopping pipeline lets pictures in work finish and puts the others back uncounted")
    func stop() async throws {
        let bench = try await PipelineBench(children: 1)
        let stuck = try await bench.admit("touch")
        for index in 0..<6 { try await bench.admitPicture(index * 10) }
        let pipeline = bench.pipeline {
            $0.darkroom.inspectLimit = .seconds(60)
            $0.stopLimit = .milliseconds(50)
        }
        try await bench.run(pipeline) {
            try await eventually { FileManager.default.fileExists(atPath: "\(bench.workingFolder)/busy") }
        }
        #expect(try bench.working().isEmpty)
        #expect(try await bench.picture(stuck)?.status == .waiting)
        let jobs = try await bench.test.claim()
        #expect(jobs.count == 7)
        #expect(jobs.allSatisfy { $0.attempt == 1 })
    }

    @Test("jobs of a server that was killed are taken over at once")
    func takeOver() async throws {
        let bench = try await PipelineBench()
        let id = try await bench.admitPicture(0)
        _ = try await bench.catalogue.jobs.claim(worker: "dead", limit: 10, now: .now, lease: 3_600)
        try await bench.run(bench.pipeline()) {
            try await eventually { try await bench.picture(id)?.status == .prepared }
        }
    }

    @Test("a job that takes longer than its lease is not given to somebody else")
    func lease() async throws {
        let bench = try await PipelineBench(children: 1)
        let slow = try await bench.admit("touch")
        let pipeline = bench.pipeline(haste: 200) { $0.darkroom.inspectLimit = .seconds(100) }
        try await bench.run(pipeline) {
            try await eventually { FileManager.default.fileExists(atPath: "\(bench.workingFolder)/busy") }
            for _ in 0..<5 {
                bench.skip(100)
                try await eventually {
                    try await (bench.catalogue.jobs.nextDue(now: .now) ?? .now).timeIntervalSince(bench.now) > 100
                }
            }
        }
        #expect(try await bench.picture(slow)?.status == .waiting)
        // Put back at the stop: had anybody claimed it besides, it would count more than this one claim.
        #expect(try await bench.test.claim(now: bench.now).map(\.attempt) == [1])
    }
}
