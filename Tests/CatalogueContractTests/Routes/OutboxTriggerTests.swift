import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What routes come to owe")
struct OutboxTriggerTests {
    @Test(
        "a picture is owed to each destination from the moment it is prepared, and not before",
        arguments: CatalogueEngines.allCases)
    func prepared(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let id = try await scene.test.admit(to: set)
        for job in try await scene.test.claim() { try await scene.test.work(on: job) }
        #expect(try await scene.owed().isEmpty)
        for job in try await scene.test.claim() { try await scene.test.work(on: job) }
        #expect(try await scene.owed() == [id: false])
        #expect(try await scene.mayLeave(id))
    }

    @Test("a picture of a label without a route is owed to nobody", arguments: CatalogueEngines.allCases)
    func otherLabel(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        _ = try await scene.picture(label: scene.other)
        #expect(try await scene.owed().isEmpty)
    }

    @Test("a new route owes what was there before", arguments: CatalogueEngines.allCases)
    func before(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture(label: scene.other)
        let route = try await scene.catalogue.routes.create(RouteScene.route([scene.other.id], named: "Second"))
        let letters = try await scene.catalogue.outbox.letters(of: route.id, parked: false, limit: 10)
        #expect(letters.map(\.pictureID) == [id])
    }

    @Test("a new revision is owed again", arguments: CatalogueEngines.allCases)
    func revision(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        try await scene.deliverAll()
        #expect(try await scene.owed().isEmpty)
        let region = Polygon(x: 1, y: 2, width: 30, height: 40)
        _ = try await scene.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        // Until it is made anew nothing of it may be shown.
        #expect(try await scene.owed() == [id: true])
        #expect(try await !scene.mayLeave(id))
        try await scene.test.process()
        #expect(try await scene.mayLeave(id))
        #expect(try await scene.catalogue.deliveries.subject(id)?.picture.revision == 2)
        try await scene.deliverAll()
        #expect(try await scene.owed().isEmpty)
    }

    /// Ways of hiding a picture.
    enum Hiding: String, CaseIterable, Sendable {
        case ownerOnly, sequence, report, area, erasure, uploadSet

        func hide(_ id: PictureID, _ scene: RouteScene) async throws {
            let catalogue = scene.catalogue
            let picture = try #require(try await catalogue.pictures.find(id, viewer: .system))
            switch self {
            case .ownerOnly: try await catalogue.pictures.setVisibility(id, .ownerOnly)
            case .sequence:
                let sequence = try #require(picture.sequenceID)
                try await catalogue.sequences.edit(sequence, SequenceEdit(visibility: .ownerOnly), by: .system)
            case .report:
                let draft = try ReportDraft(issue: .other, target: .picture(id), comments: "a face", email: nil)
                _ = try await catalogue.reports.make(
                    draft, viewer: .system, quota: HourlyQuota(.reports, of: "guest", limit: 100), at: .now)
            case .area:
                let ring = [[2.35, 48.85], [2.36, 48.85], [2.36, 48.86], [2.35, 48.86], [2.35, 48.85]]
                _ = try await catalogue.areas.add(
                    ExcludedArea(
                        accountID: nil, label: "square", kind: .excluded, shape: try GeoShape(coordinates: [[ring]])))
            case .erasure: _ = try await catalogue.pictures.delete(id, by: .system)
            case .uploadSet: _ = try await catalogue.uploadSets.delete(picture.uploadSetID)
            }
        }
    }

    @Test(
        "however a picture is hidden, taking its copies back is owed at once", arguments: CatalogueEngines.allCases,
        Hiding.allCases)
    func hidden(engine: CatalogueEngines, hiding: Hiding) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        try await scene.deliverAll()
        try await hiding.hide(id, scene)
        #expect(try await scene.owed() == [id: true])
        #expect(try await !scene.mayLeave(id))
        // Also when what is left of it is gone.
        try await scene.test.process()
        #expect(try await scene.owed() == [id: true])
        #expect(try await !scene.mayLeave(id))
        #expect(try await scene.claim(urgentOnly: true).map(\.pictureID) == [id])
    }

    @Test("a picture that goes to another label is owed to the routes of both", arguments: CatalogueEngines.allCases)
    func moved(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let second = try await scene.catalogue.routes.create(RouteScene.route([scene.other.id], named: "Second"))
        let id = try await scene.picture()
        try await scene.deliverAll()
        let other = scene.other.id
        try await scene.catalogue.engine.write { connection in
            try connection.execute("UPDATE pictures SET label_id = \(other) WHERE id = \(id)")
        }
        let rows = try await scene.catalogue.engine.read { connection in
            try connection.rows("SELECT DISTINCT route_id FROM outbox WHERE picture_id = \(id) AND is_urgent = 1") {
                $0.id(RouteID.self)
            }
        }
        #expect(Set(rows) == [scene.route.id, second.id])
    }

    @Test(
        "a picture of which nothing was sent is not owed when it is gone, and one half sent is",
        arguments: CatalogueEngines.allCases, [false, true])
    func deleted(engine: CatalogueEngines, isSent: Bool) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        for entry in try await scene.claim() + scene.claim(2) {
            if isSent {
                _ = try await scene.catalogue.deliveries.reserve(
                    entry, .hd, names: ["a.jpg"], size: 1, sha256: "00", revision: 1)
            }
            try await scene.catalogue.outbox.done(entry, at: .now)
        }
        try await scene.catalogue.engine.write { try $0.execute("DELETE FROM pictures WHERE id = \(id)") }
        #expect(try await scene.owed() == (isSent ? [id: true] : [:]))
        #expect(try await scene.catalogue.deliveries.subject(id) == nil)
    }

    @Test("an original that goes before its picture is owed to those who have it", arguments: CatalogueEngines.allCases)
    func originals(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        try await scene.deliverAll()
        try await scene.catalogue.engine.write { connection in
            try connection.execute(
                """
                INSERT INTO originals (picture_id, kind, size, sha256, stored_at)
                VALUES (\(id), 'kept', 1, 'aa', 0)
                """)
        }
        #expect(try await scene.owed() == [id: false])
        try await scene.deliverAll()
        try await scene.catalogue.engine.write {
            try $0.execute("DELETE FROM originals WHERE picture_id = \(id)")
        }
        #expect(try await scene.owed() == [id: true])
    }

    @Test(
        "a label that discards originals from now on owes taking them back", arguments: CatalogueEngines.allCases)
    func discarding(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        try await scene.catalogue.originals.setRule(try OriginalsRule(.keep), of: scene.label.id)
        for entry in try await scene.claim() + scene.claim(2) {
            _ = try await scene.catalogue.deliveries.reserve(
                entry, .original, names: ["a.jpg"], size: 1, sha256: "00", revision: 1)
            try await scene.catalogue.outbox.done(entry, at: .now)
        }
        #expect(try await scene.owed().isEmpty)
        try await scene.catalogue.originals.setRule(.discard, of: scene.label.id)
        #expect(try await scene.owed() == [id: true])
    }
}
