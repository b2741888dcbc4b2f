import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

/// One sequence of three pictures, and people of every kind.
struct ReportScene {
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
        let quota = HourlyQuota(.reports, of: who.accountID?.string ?? "guest", limit: limit)
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

    /// What the darkroom would do with a correction: the picture is made anew with these regions hidden.
    func redact(_ index: Int, _ names: [String]) async throws {
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
