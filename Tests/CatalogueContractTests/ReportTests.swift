import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Reports")
struct ReportTests {
    /// One sequence of three pictures, and people of every kind.
    fileprivate struct Scene {
        let scene: VisibilityTests.Scene
        let pictures: [PictureID]
        let sequence: SequenceID

        var test: TestCatalogue { scene.test }
        var catalogue: Catalogue { scene.test.catalogue }
        var owner: Viewer { scene.owner.viewer }

        init(_ engine: CatalogueEngines, visibility: Visibility = .loggedOnly) async throws {
            scene = try await VisibilityTests.Scene(engine)
            let places = (0..<3).map { index in
                TestPicture(
                    "\(index).jpg", at: GeoPoint(longitude: 2.3522 + Double(index) / 1000, latitude: 48.8566),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)))
            }
            pictures = try await scene.test.addPreparedPictures(
                places, by: scene.owner, label: scene.label, visibility: visibility
            ).pictures
            sequence = try #require(
                try await scene.test.catalogue.pictures.find(pictures[0], viewer: .system)?.sequenceID)
        }

        func viewer(_ name: String) throws -> Viewer { try scene.viewer(name) }

        @discardableResult
        func report(
            _ issue: Report.Issue = .other, _ target: ReportDraft.Target? = nil, by viewer: Viewer? = nil,
            limit: Int = 100, at moment: Date = TestCatalogue.epoch
        ) async throws -> Report {
            let draft = try ReportDraft(
                issue: issue, target: target ?? .picture(pictures[1]), comments: "a face", email: nil)
            let who = try viewer ?? self.viewer("viewer with")
            let quota = ReportQuota(reporter: who.accountID?.string ?? "guest", limit: limit)
            return try await catalogue.reports.make(draft, viewer: who, quota: quota, at: moment)
        }

        func restore(_ report: Report, by viewer: Viewer = .system) async throws {
            try await catalogue.reports.restore(report.id, as: .solved, by: viewer, at: TestCatalogue.epoch)
        }

        /// Who sees the picture, by its id and in every list.
        func those(seeing index: Int) async throws -> Set<String> {
            let named = try await scene.those { try await catalogue.pictures.find(pictures[index], viewer: $0) != nil }
            let listed = try await scene.those { viewer in
                try await catalogue.pictures.search(PictureQuery(), viewer: viewer).contains {
                    $0.picture.id == pictures[index]
                }
            }
            #expect(named == listed)
            let sent = try await scene.those {
                try await catalogue.pictures.file(pictures[index], kind: .thumb, viewer: $0) != nil
            }
            #expect(named == sent)
            return named
        }

        func audit() async throws -> [AuditEntry] { try await catalogue.audit.list(before: nil, limit: 100) }
    }

    @Test(
        "each issue hides the picture at once from everyone but owner and administrators",
        arguments: Report.Issue.allCases)
    func hides(issue: Report.Issue) async throws {
        let scene = try await Scene(.sqlite)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.granted)
        let report = try await scene.report(issue)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.ownerAndAdmins)
        #expect(try await scene.those(seeing: 0) == VisibilityTests.granted)
        #expect(try await scene.catalogue.pictures.find(scene.pictures[1], viewer: scene.owner)?.isHidden == true)
        #expect(report.status == .waiting)
        #expect(report.ownerID == scene.scene.owner.id)
        try await scene.restore(report)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.granted)
        #expect(try await scene.catalogue.pictures.find(scene.pictures[1], viewer: scene.owner)?.isHidden == false)
    }

    @Test("a hidden picture is in no count, line, box, tile or neighbour of those it is hidden from")
    func figures() async throws {
        let scene = try await Scene(.sqlite)
        let (viewer, catalogue) = (try scene.viewer("viewer with"), scene.catalogue)
        let version = try await catalogue.map.version(viewer: viewer)
        // The last one, so that the box shrinks as well.
        try await scene.report(.privacy, .picture(scene.pictures[2]))
        #expect(try await catalogue.map.version(viewer: viewer) != version)
        let summary = try #require(try await catalogue.sequences.find(scene.sequence, viewer: viewer))
        #expect(summary.pictures == 2)
        #expect(summary.box?.east ?? 180 < 2.3535)
        #expect(summary.capturedTo == TestCatalogue.epoch.addingTimeInterval(1))
        #expect(try await catalogue.sequences.find(scene.sequence, viewer: scene.owner)?.pictures == 3)
        let item = try #require(try await catalogue.pictures.item(scene.pictures[1], viewer: viewer))
        #expect(item.next == nil)
        #expect(item.previous?.id == scene.pictures[0])
        #expect(
            try await catalogue.pictures.item(scene.pictures[1], viewer: scene.owner)?.next?.id == scene.pictures[2])
        let tile = VisibilityTests.tile(of: TestPicture().position)
        let dots = try await catalogue.map.pictures(z: 15, x: tile.x, y: tile.y, limit: 10, viewer: viewer)
        #expect(!dots.contains { $0.id == scene.pictures[2] })
        let line = try await catalogue.map.sequences(z: 15, x: tile.x, y: tile.y, viewer: viewer)
        #expect(line.flatMap(\.line).allSatisfy { $0.longitude < 2.3535 })
        let cells = try await catalogue.map.grid(z: 0, x: 0, y: 0, viewer: viewer)
        #expect(cells.reduce(0) { $0 + $1.flat } == 2)
        #expect(try await catalogue.pictures.count(viewer: viewer) == 2)
    }

    @Test("a report on a sequence hides all its pictures, and the sequence from managers too")
    func sequence() async throws {
        let scene = try await Scene(.sqlite)
        let report = try await scene.report(.copyright, .sequence(scene.sequence))
        for index in 0..<3 { #expect(try await scene.those(seeing: index) == VisibilityTests.ownerAndAdmins) }
        let known = try await scene.scene.those {
            try await scene.catalogue.sequences.find(scene.sequence, viewer: $0) != nil
        }
        #expect(known == VisibilityTests.ownerAndAdmins)
        #expect(try await scene.catalogue.sequences.find(scene.sequence, viewer: scene.owner)?.isHidden == true)
        try await scene.restore(report)
        for index in 0..<3 { #expect(try await scene.those(seeing: index) == VisibilityTests.granted) }
    }

    @Test("a picture with several reports stays hidden until the last is closed")
    func several() async throws {
        let scene = try await Scene(.sqlite)
        let first = try await scene.report()
        let second = try await scene.report(.privacy, by: scene.owner)
        let whole = try await scene.report(.other, .sequence(scene.sequence), by: scene.owner)
        try await scene.restore(first)
        try await scene.restore(whole)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.ownerAndAdmins)
        #expect(try await scene.those(seeing: 0) == VisibilityTests.granted)
        try await scene.restore(second)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.granted)
    }

    @Test("nothing said of visibility shows what a report hides, and it holds again afterwards")
    func visibility() async throws {
        let scene = try await Scene(.sqlite)
        let report = try await scene.report(.other, .sequence(scene.sequence))
        try await scene.catalogue.pictures.setVisibility(scene.pictures[1], .anyone)
        var sequence = try #require(
            try await scene.catalogue.sequences.find(scene.sequence, viewer: .system)?.sequence)
        sequence.visibility = .anyone
        try await scene.catalogue.sequences.update(sequence)
        for index in 0..<3 { #expect(try await scene.those(seeing: index) == VisibilityTests.ownerAndAdmins) }
        try await scene.restore(report)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.everyone)
    }

    @Test(
        "only who sees it can report it, and a guest what is for anyone", arguments: [Visibility.loggedOnly, .anyone])
    func whoMay(visibility: Visibility) async throws {
        let scene = try await Scene(.sqlite, visibility: visibility)
        for target in [ReportDraft.Target.picture(scene.pictures[1]), .sequence(scene.sequence)] {
            let seeing = visibility == .anyone ? VisibilityTests.everyone : VisibilityTests.granted
            for (name, viewer) in scene.scene.viewers {
                if seeing.contains(name) {
                    let report = try await scene.report(.other, target, by: viewer)
                    #expect(report.reporterID == viewer.accountID)
                    try await scene.restore(report)
                } else {
                    let failure = await #expect(throws: Failure.self) {
                        try await scene.report(.other, target, by: viewer)
                    }
                    #expect(failure?.code == .notFound, "\(name)")
                }
            }
        }
        let unknown = await #expect(throws: Failure.self) { try await scene.report(.other, .picture(PictureID())) }
        #expect(unknown?.code == .notFound)
    }

    @Test("the owner cannot show a privacy report again without redacting; an administrator can")
    func privacy() async throws {
        let scene = try await Scene(.sqlite)
        let admin = try scene.viewer("admin without")
        let first = try await scene.report(.privacy)
        let failure = await #expect(throws: Failure.self) { try await scene.restore(first, by: scene.owner) }
        #expect(failure?.code == .conflict)
        #expect(failure?.details["reason"] == "redact_first")
        #expect(try await scene.those(seeing: 1) == VisibilityTests.ownerAndAdmins)
        try await scene.restore(first, by: admin)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.granted)
        #expect(try await scene.audit().first?.details["without_redaction"] == "true")

        let other = try await scene.report(.blurMissing)
        try await scene.restore(other, by: scene.owner)

        for target in [ReportDraft.Target.picture(scene.pictures[1]), .sequence(scene.sequence)] {
            let report = try await scene.report(.privacy, target)
            try await scene.redact(1, ["face"])
            try await scene.restore(report, by: scene.owner)
            #expect(try await scene.those(seeing: 1) == VisibilityTests.granted)
            // What was hidden before, and less of it, is no redaction.
            let again = try await scene.report(.privacy, target)
            await #expect(throws: Failure.self) { try await scene.restore(again, by: scene.owner) }
            try await scene.redact(1, ["the same place by another model"])
            await #expect(throws: Failure.self) { try await scene.restore(again, by: scene.owner) }
            try await scene.redact(1, [])
            await #expect(throws: Failure.self) { try await scene.restore(again, by: scene.owner) }
            try await scene.restore(again, by: admin)
        }
    }

    @Test("the quota counts by reporter and by the hour")
    func quota() async throws {
        let scene = try await Scene(.sqlite)
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
        let scene = try await Scene(.sqlite)
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
        let scene = try await Scene(.sqlite)
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
        let scene = try await Scene(.sqlite)
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
        let scene = try await Scene(.sqlite)
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
        let scene = try await Scene(.sqlite)
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
        let scene = try await Scene(.sqlite)
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

extension ReportTests.Scene {
    /// What the darkroom would do with a correction: the picture is made anew with these regions hidden.
    fileprivate func redact(_ index: Int, _ names: [String]) async throws {
        let list = names.map { name in
            Redaction(subject: .face, x: 10, y: 20, width: 30, height: 40, score: 1, model: "\(name)-\(UUID())")
        }
        let text = String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
        let id = pictures[index]
        try await catalogue.engine.write { connection in
            try connection.execute("UPDATE pictures SET redactions = \(text) WHERE id = \(id)")
        }
    }
}
