import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What is expected of camera labels")
struct LabelWatchTests {
    private static let now = TestCatalogue.epoch.addingTimeInterval(3600)

    private func watch(_ rhythm: TimeInterval? = 3600, positions: Int? = 20) throws -> LabelWatch {
        try LabelWatch(rhythm: rhythm, grace: 600, positionsMissing: positions, since: TestCatalogue.epoch)
    }

    @Test("is kept, changed and given up, and each time audited", arguments: CatalogueEngines.allCases)
    func setting(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let (watches, label) = (test.catalogue.labelWatches, try await test.addLabel("CAM-7"))
        #expect(try await watches.find(label.id) == .none)
        let expected = try watch()
        try await watches.set(expected, of: label.id, by: .system, at: Self.now)
        #expect(try await watches.find(label.id) == expected)
        #expect(try await watches.watched(at: Self.now).map(\.name) == ["CAM-7"])
        try await watches.set(.none, of: label.id, by: .system, at: Self.now)
        #expect(try await watches.watched(at: Self.now).isEmpty)
        let audit = try await test.catalogue.audit.list(before: nil, limit: 10)
        #expect(audit.filter { $0.action == "label.watch-changed" && $0.subject == label.id.string }.count == 2)
        await #expect(throws: Failure.self) { try await watches.find(CameraLabelID()) }
        await #expect(throws: Failure.self) {
            try await watches.set(expected, of: CameraLabelID(), by: .system, at: Self.now)
        }
    }

    @Test(
        "counts files of a day whose tags were read, refused ones too, of this label alone",
        arguments: CatalogueEngines.allCases)
    func counting(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let (label, other) = (try await test.addLabel("CAM-7"), try await test.addLabel("CAM-8"))
        let owner = try await test.addAccount("olga", .field, grants: [label, other])
        for label in [label, other] {
            try await test.catalogue.labelWatches.set(try watch(), of: label.id, by: .system, at: Self.now)
        }
        let set = try await test.addUploadSet(by: owner, label: label)
        // Yesterday's, of which nothing counts but that it came.
        try await test.admit(to: set, at: TestCatalogue.epoch.addingTimeInterval(-86_400))
        for _ in 0..<3 { try await test.admit(to: set) }
        try await test.process()
        let reasons: [(String, Rejection.Reason)] = [
            ("lat,lon", .invalidMetadata), ("lat,lon,datetime", .invalidMetadata), ("datetime", .invalidMetadata),
            ("", .invalidFile),
        ]
        for (number, (fields, reason)) in reasons.enumerated() {
            // A file of the name of a refused one would take its place.
            let picture = TestPicture("DCIM/100GOPRO/G002000\(number).JPG")
            try await test.admit(picture, to: set, at: TestCatalogue.epoch.addingTimeInterval(60))
            let job = try #require(try await test.claim().first)
            guard case .inspect(let id) = job.step else { throw Failure(.internalError, "\(job.step)") }
            try await test.catalogue.pictures.rejected(
                id, Rejection(reason, "No.", details: ["missing_fields": fields]), ending: job)
        }
        // Waits still, so that nothing is known of it.
        try await test.admit(to: set, at: TestCatalogue.epoch.addingTimeInterval(120))
        let watched = try await test.catalogue.labelWatches.watched(at: Self.now)
        #expect(watched.map(\.name) == ["CAM-7", "CAM-8"])
        #expect(watched[0].files == 5 && watched[0].withoutPosition == 2)
        #expect(watched[0].lastArrival == TestCatalogue.epoch.addingTimeInterval(120))
        #expect(watched[1].files == 0 && watched[1].lastArrival == nil)
    }

    @Test("an alert ends unsaid when its label is watched no more", arguments: CatalogueEngines.allCases)
    func withdrawn(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let alerts = test.catalogue.alerts
        let finding = AlertFinding(AlertTopic(.labelSilent, "a"), isTrouble: true)
        let other = AlertFinding(AlertTopic(.diskFull), isTrouble: true)
        func note(_ findings: [AlertFinding], _ kinds: Set<AlertTopic.Kind>, after minutes: Double) async throws
            -> [AlertEvent?]
        {
            try await alerts.note(
                findings, of: kinds, channels: ["mail"], reminder: 3600,
                at: TestCatalogue.epoch.addingTimeInterval(minutes * 60)
            ).map(\.event)
        }
        #expect(try await note([finding], [.labelSilent], after: 0) == [.raised])
        #expect(try await note([other], [.diskFull], after: 0) == [.raised])
        #expect(try await note([finding], [.labelSilent], after: 1) == [])
        #expect(try await note([], [.labelSilent, .positionsMissing], after: 2) == [nil])
        #expect(try await alerts.list(limit: 10).map(\.isOpen) == [true, false])
        #expect(try await alerts.waiting().map(\.notices) == [2])
        // It may begin again.
        #expect(try await note([finding], [.labelSilent], after: 3) == [.raised])
        try await alerts.forget(at: TestCatalogue.epoch.addingTimeInterval(91 * 86_400))
        #expect(try await alerts.list(limit: 10).count == 2)
    }
}
