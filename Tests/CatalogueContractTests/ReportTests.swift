import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What reports hide")
struct ReportTests {
    @Test(
        "each issue hides the picture at once from everyone but owner and administrators",
        arguments: Report.Issue.allCases)
    func hides(issue: Report.Issue) async throws {
        let scene = try await ReportScene(.sqlite)
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
        let scene = try await ReportScene(.sqlite)
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
        let dots = try await catalogue.map.pictures(z: 15, x: tile.x, y: tile.y, viewer: viewer)
        #expect(!dots.contains { $0.id == scene.pictures[2] })
        let line = try await catalogue.map.sequences(z: 15, x: tile.x, y: tile.y, viewer: viewer)
        #expect(line.flatMap(\.line).allSatisfy { $0.x < MapPoint(GeoPoint(longitude: 2.3535, latitude: 48.85)).x })
        let cells = try await catalogue.map.grid(z: 0, x: 0, y: 0, viewer: viewer)
        #expect(cells.reduce(0) { $0 + $1.flat } == 2)
        #expect(try await catalogue.pictures.count(viewer: viewer) == 2)
    }

    @Test("a report on a sequence hides all its pictures, and the sequence from managers too")
    func sequence() async throws {
        let scene = try await ReportScene(.sqlite)
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
        let scene = try await ReportScene(.sqlite)
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
        let scene = try await ReportScene(.sqlite)
        let report = try await scene.report(.other, .sequence(scene.sequence))
        try await scene.catalogue.pictures.setVisibility(scene.pictures[1], .anyone)
        try await scene.catalogue.sequences.edit(scene.sequence, SequenceEdit(visibility: .anyone), by: .system)
        for index in 0..<3 { #expect(try await scene.those(seeing: index) == VisibilityTests.ownerAndAdmins) }
        try await scene.restore(report)
        #expect(try await scene.those(seeing: 1) == VisibilityTests.everyone)
    }

    @Test(
        "only who sees it can report it, and a guest what is for anyone", arguments: [Visibility.loggedOnly, .anyone])
    func whoMay(visibility: Visibility) async throws {
        let scene = try await ReportScene(.sqlite, visibility: visibility)
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
        let scene = try await ReportScene(.sqlite)
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

}
