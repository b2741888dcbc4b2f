import Catalogue
import Domain
import Foundation
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("Hiding the files of a picture", .timeLimit(.minutes(2)))
struct ConcealTests {
    /// A prepared, dispatched picture with its files in the store.
    private func prepared(_ bench: PipelineBench) async throws -> PictureID {
        let id = try await bench.admitPicture(0)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        return id
    }

    private func report(_ id: PictureID, _ bench: PipelineBench) async throws {
        let draft = try ReportDraft(issue: .privacy, target: .picture(id), comments: nil, email: nil)
        _ = try await bench.catalogue.reports.make(
            draft, viewer: .system, quota: HourlyQuota(.reports, of: "test", limit: 9), at: .now)
    }

    private func paths(_ id: PictureID, revision: Int) -> [String] {
        [Derivative.Kind.hd, .sd, .thumb].map { ObjectKey.derivative(id, revision: revision, $0).path }.sorted()
    }

    @Test("a report moves the files to a new revision, while every worker is busy with something else")
    func busy() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        #expect(try await bench.stored() == paths(id, revision: 1))
        for _ in 0..<20 { try await bench.admit("hang") }
        let pipeline = bench.pipeline {
            $0.darkroom.inspectLimit = .seconds(3_600)
            $0.stopLimit = .zero
        }
        try await bench.run(pipeline) {
            // All that can be in work and in the line is.
            try await eventually { try await bench.claimed() >= 10 }
            try await report(id, bench)
            pipeline.wake()
            try await eventually { try await bench.picture(id)?.revision == 2 }
        }
        #expect(try await bench.stored() == paths(id, revision: 2))
        #expect(try await bench.catalogue.jobs.counts() == ["inspect": 20])
    }

    @Test("a crash after the files were moved leaves a job that tells the catalogue")
    func crash() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        try await report(id, bench)
        try await bench.store.move(
            prefix: ObjectKey.prefix(of: id, revision: 1), to: ObjectKey.prefix(of: id, revision: 2))
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(id)?.revision == 2)
        #expect(try await bench.stored() == paths(id, revision: 2))
    }

    @Test("each time it is hidden the names are new ones")
    func again() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        for revision in 2...4 {
            try await report(id, bench)
            try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
            #expect(try await bench.stored() == paths(id, revision: revision))
            let waiting = try await bench.catalogue.reports.list(ReportQuery(.handled, isOpen: true), viewer: .system)
            for each in waiting {
                try await bench.catalogue.reports.restore(each.report.id, as: .ignored, by: .system, at: .now)
            }
        }
    }
}

extension PipelineBench {
    /// Jobs that a worker has, or that wait for one in the pipeline.
    fileprivate func claimed() async throws -> Int {
        try await catalogue.engine.read { connection in
            try connection.first("SELECT COUNT(*) FROM jobs WHERE worker IS NOT NULL") { $0.int() } ?? 0
        }
    }
}
