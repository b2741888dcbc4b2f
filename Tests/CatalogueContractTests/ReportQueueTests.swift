import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The queue of reports")
struct ReportQueueTests {
    @Test("the quota counts by reporter and by the hour")
    func quota() async throws {
        let scene = try await ReportScene(.sqlite)
        let start = TestCatalogue.epoch
        for minute in 0..<3 {
            let moment = start.addingTimeInterval(Double(minute) * 600)
            try await scene.restore(try await scene.report(limit: 3, at: moment))
        }
        let failure = await #expect(throws: Failure.self) {
            try await scene.report(limit: 3, at: start.addingTimeInterval(1800))
        }
        #expect(failure?.code == .tooMany)
        #expect(failure?.details["retry_after"] == "1800")
        #expect(try await scene.those(seeing: 1) == VisibilityTests.granted)
        let other = try await scene.report(by: try scene.viewer("field with"), limit: 3, at: start)
        try await scene.restore(other)
        // An hour after the first there is room for one.
        let moment = start.addingTimeInterval(3601)
        try await scene.restore(try await scene.report(limit: 3, at: moment))
        await #expect(throws: Failure.self) { try await scene.report(limit: 3, at: moment) }
        try await scene.catalogue.reports.forgetQuotas(before: moment.addingTimeInterval(1))
        try await scene.report(limit: 1, at: moment)
    }

    @Test("owner, managers with a grant, administrators and its maker see a report, nobody else")
    func whoSees() async throws {
        let scene = try await ReportScene(.sqlite)
        let report = try await scene.report(by: try scene.viewer("viewer with"))
        let seeing = try await scene.scene.those {
            try await scene.catalogue.reports.find(report.id, viewer: $0) != nil
        }
        #expect(seeing == VisibilityTests.managing.union(["viewer with"]))
        let queue = try await scene.scene.those {
            try await scene.catalogue.reports.list(ReportQuery(.handled), viewer: $0).map(\.report.id) == [report.id]
        }
        #expect(queue == VisibilityTests.managing)
        let counted = try await scene.scene.those { try await scene.catalogue.reports.openCount(viewer: $0) == 1 }
        #expect(counted == VisibilityTests.managing)
        let own = try await scene.scene.those {
            guard $0 != .system else { return false }
            return try await !scene.catalogue.reports.list(ReportQuery(.own), viewer: $0).isEmpty
        }
        #expect(own == ["owner", "viewer with"])
        // A manager has the report without the picture.
        let manager = try scene.viewer("manager with")
        let row = try #require(try await scene.catalogue.reports.list(ReportQuery(.handled), viewer: manager).first)
        #expect(row.firstPicture == nil)
        #expect(
            try await scene.catalogue.reports.list(ReportQuery(.handled), viewer: scene.owner).first?.firstPicture
                == scene.pictures[1])
    }

    @Test("pages of the queue follow one another, open and closed apart")
    func pages() async throws {
        let scene = try await ReportScene(.sqlite)
        var made: [ReportID] = []
        for index in 0..<5 {
            let moment = TestCatalogue.epoch.addingTimeInterval(Double(index / 2))
            made.append(try await scene.report(by: scene.owner, at: moment).id)
        }
        var found: [ReportID] = []
        var query = ReportQuery(.handled, limit: 2)
        while let rows = Optional(try await scene.catalogue.reports.list(query, viewer: scene.owner)), !rows.isEmpty {
            found += rows.map(\.report.id)
            query.before = rows.last?.report
        }
        #expect(Set(found) == Set(made))
        #expect(found.count == 5)
        #expect(found.first == made.last)
        let closed = try #require(try await scene.catalogue.reports.find(made[0], viewer: .system))
        try await scene.restore(closed)
        let open = try await scene.catalogue.reports.list(ReportQuery(.handled, isOpen: true), viewer: scene.owner)
        #expect(Set(open.map(\.report.id)) == Set(made.dropFirst()))
        let done = try await scene.catalogue.reports.list(ReportQuery(.handled, isOpen: false), viewer: scene.owner)
        #expect(done.map(\.report.id) == [made[0]])
        let set = closed.uploadSetID
        #expect(try await scene.catalogue.reports.openCounts(of: [set, UploadSetID()]) == [set: 4])
    }

    @Test("every step is a row of the audit log, by whom it was, and a closed report takes no more")
    func audit() async throws {
        let scene = try await ReportScene(.sqlite)
        let (reports, viewer) = (scene.catalogue.reports, try scene.viewer("viewer with"))
        let report = try await scene.report()
        try await reports.reword(report.id, "two faces", by: viewer, at: TestCatalogue.epoch)
        try await reports.answer(report.id, "I look at it", by: scene.owner, at: TestCatalogue.epoch)
        let now = try #require(try await reports.find(report.id, viewer: viewer))
        #expect(now.reporterComments == "two faces")
        #expect(now.resolverComments == "I look at it")
        #expect(now.resolverID == scene.scene.owner.id)
        try await scene.restore(report, by: scene.owner)
        let rows = try await scene.audit()
        #expect(rows.map(\.action) == ["report.restored", "report.answered", "report.reworded", "report.made"])
        #expect(rows.allSatisfy { $0.subject == report.id.string })
        #expect(rows.map(\.actor) == [scene.owner, scene.owner, viewer, viewer].compactMap(\.accountID?.string))
        #expect(rows.first?.details["status"] == "closed_solved")
        #expect(rows.allSatisfy { !$0.details.values.contains { $0.contains("face") } })
        for step in [
            { try await reports.answer(report.id, "more", by: .system, at: .now) },
            { try await reports.reword(report.id, "more", by: .system, at: .now) },
            { try await reports.deletePictures(report.id, by: .system, at: .now) },
            { try await scene.restore(report) },
        ] as [() async throws -> Void] {
            let failure = await #expect(throws: Failure.self) { try await step() }
            #expect(failure?.details["reason"] == "closed")
        }
        let gone = await #expect(throws: Failure.self) {
            try await reports.answer(ReportID(), "x", by: .system, at: .now)
        }
        #expect(gone?.code == .notFound)
        #expect(try await scene.audit().count == 4)
    }

    @Test("deleting what is reported takes the report with it, once its bytes are gone")
    func deletion() async throws {
        let scene = try await ReportScene(.sqlite)
        let (one, whole) = (
            try await scene.report(), try await scene.report(.other, .sequence(scene.sequence), by: scene.owner)
        )
        try await scene.catalogue.reports.deletePictures(one.id, by: scene.owner, at: .now)
        #expect(try await scene.those(seeing: 1).isEmpty)
        #expect(try await scene.catalogue.reports.find(one.id, viewer: .system)?.status == .solved)
        // Two pictures of the trip are left.
        #expect(try await scene.catalogue.reports.find(whole.id, viewer: .system)?.status == .waiting)
        try await scene.test.process()
        #expect(try await scene.catalogue.reports.find(one.id, viewer: .system) == nil)
        #expect(try await scene.catalogue.reports.list(ReportQuery(.handled), viewer: .system).first?.pictures == 2)
        #expect(try await scene.audit().contains { $0.action == "report.deleted" && $0.subject == one.id.string })

        // However it is deleted.
        try await scene.catalogue.sequences.delete(scene.sequence)
        #expect(try await scene.catalogue.reports.openCount(viewer: scene.owner) == 0)
        try await scene.test.process()
        #expect(try await scene.catalogue.reports.find(whole.id, viewer: .system) == nil)
    }

    @Test("a batch that is cut anew stays hidden, with the pictures that join it")
    func dispatchedAgain() async throws {
        let scene = try await ReportScene(.sqlite)
        let whole = try await scene.report(.other, .sequence(scene.sequence))
        let set = try #require(try await scene.catalogue.uploadSets.find(whole.uploadSetID, viewer: .system))
        let late = try await scene.test.admit(TestPicture("late.jpg"), to: set)
        try await scene.catalogue.uploadSets.complete(set.id, at: .now)
        try await scene.test.process()
        let hidden = try await scene.catalogue.pictures.find(late, viewer: scene.owner)
        #expect(hidden?.sequenceID == scene.sequence)
        #expect(hidden?.isHidden == true)
        #expect(try await scene.catalogue.pictures.find(late, viewer: try scene.viewer("viewer with")) == nil)
        // The sequence goes; the pictures stay what they were.
        let more = try await scene.test.admit(TestPicture("more.jpg"), to: set)
        try await scene.catalogue.uploadSets.complete(set.id, at: .now)
        for job in try await scene.test.claim(now: .now.addingTimeInterval(3600)) {
            if case .dispatch = job.step { continue }
            try await scene.test.work(on: job)
        }
        let job = try #require(try await scene.test.claim(now: .now.addingTimeInterval(9000)).first)
        try await scene.catalogue.sequences.dispatch(set.id, DispatchPlan(parts: [], duplicates: [:]), ending: job)
        #expect(try await scene.catalogue.sequences.find(scene.sequence, viewer: .system) == nil)
        for id in scene.pictures + [late] {
            #expect(try await scene.catalogue.pictures.find(id, viewer: .system)?.isHidden == true)
        }
        #expect(try await scene.catalogue.pictures.find(more, viewer: .system)?.isHidden == false)
        try await scene.restore(whole)
        #expect(try await scene.catalogue.pictures.find(late, viewer: .system)?.isHidden == false)
    }

    @Test("hiding asks for new names of the files, showing again does not")
    func conceals() async throws {
        let scene = try await ReportScene(.sqlite)
        let report = try await scene.report(.other, .sequence(scene.sequence))
        #expect(try await scene.catalogue.jobs.counts() == ["conceal": 3])
        try await scene.test.process()
        #expect(try await scene.catalogue.pictures.find(scene.pictures[0], viewer: .system)?.revision == 2)
        try await scene.report(by: scene.owner)
        #expect(try await scene.catalogue.jobs.counts() == [:])
        try await scene.restore(report)
        #expect(try await scene.catalogue.jobs.counts() == [:])
        // Whatever else hides does the same.
        try await scene.catalogue.pictures.setVisibility(scene.pictures[0], .ownerOnly)
        #expect(try await scene.catalogue.jobs.counts() == ["conceal": 1])
        #expect(try await scene.catalogue.jobs.claim(worker: "w", limit: 9, now: .distantFuture, lease: 1).isEmpty)
    }
}
