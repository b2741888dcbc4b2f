import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The instance over time")
struct InstanceTests {
    private static let now = TestCatalogue.epoch.addingTimeInterval(3600)

    private func take(_ test: TestCatalogue, _ offset: TimeInterval, seconds: Double = 0, made: Int = 0) async throws {
        try await test.catalogue.samples.take(
            at: TestCatalogue.epoch.addingTimeInterval(offset), usage: DarkroomUsage(seconds: seconds, made: made),
            disk: (free: 5_000, size: 9_000))
    }

    private func list(_ test: TestCatalogue, from offset: TimeInterval = 0) async throws -> [InstanceSample] {
        try await test.catalogue.samples.list(
            from: TestCatalogue.epoch.addingTimeInterval(offset), to: .distantFuture)
    }

    @Test("a sample says what is there, and what darkrooms have taken counts up", arguments: CatalogueEngines.allCases)
    func sampling(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("CAM-7")
        let owner = try await test.addAccount("olga", grants: [label])
        try await test.addPreparedPicture(by: owner, label: label)
        let set = try await test.addUploadSet(by: owner, label: label)
        try await test.admit(to: set)
        try await take(test, 0, seconds: 1.5, made: 1)
        try await take(test, 600, seconds: 2, made: 3)
        let samples = try await list(test)
        #expect(samples.map(\.darkroomSeconds) == [1.5, 3.5] && samples.map(\.made) == [1, 4])
        let last = try #require(samples.last)
        #expect(last.jobs == 1 && last.pictures == 2 && last.deliveries == 0)
        #expect(last.diskFree == 5_000 && last.diskSize == 9_000 && last.originalBytes == 0)
        let stored = try await test.catalogue.samples.stored()
        #expect(last.pictureBytes == stored.reduce(0) { $0 + $1.bytes } && last.pictureBytes > 0)
        // The one before comes along, so that what counts up can be taken apart.
        #expect(try await list(test, from: 300).count == 2)
        #expect(try await list(test, from: 900).count == 1)
    }

    @Test("samples become fewer with age, and what counts up stays whole", arguments: CatalogueEngines.allCases)
    func thinning(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        for hour in 0..<24 { try await take(test, Double(hour) * 3600, seconds: 1, made: 1) }
        try await test.catalogue.samples.thin(at: TestCatalogue.epoch.addingTimeInterval(20 * 86_400))
        #expect(try await list(test).count == 24)
        try await test.catalogue.samples.thin(at: TestCatalogue.epoch.addingTimeInterval(60 * 86_400))
        let left = try await list(test)
        #expect((4...5).contains(left.count))
        #expect(left.last?.made == 24 && left.last?.darkroomSeconds == 24)
        try await test.catalogue.samples.thin(at: TestCatalogue.epoch.addingTimeInterval(4 * 366 * 86_400))
        #expect(try await list(test).isEmpty)
    }

    @Test("stored bytes follow pictures and originals as they come, are made anew and go")
    func stored() async throws {
        let test = try await TestCatalogue(.sqlite)
        let label = try await test.addLabel("CAM-7")
        let owner = try await test.addAccount("olga", grants: [label])
        #expect(try await test.catalogue.samples.stored().allSatisfy { $0.files == 0 && $0.bytes == 0 })
        let flat = try await test.addPreparedPicture(by: owner, label: label)
        try await test.addPreparedPicture(TestPicture(type: .equirectangular), by: owner, label: label)
        try await expectTrue(test)
        let before = try await test.catalogue.samples.stored()
        #expect(before.first { $0.kind == .tile }?.files ?? 0 > 1 && before.first { $0.kind == .sd }?.files == 2)
        try await test.catalogue.pictures.delete(flat)
        try await test.process()
        try await expectTrue(test)
        #expect(try await test.catalogue.samples.stored().first { $0.kind == .sd }?.files == 1)
    }

    /// What is counted is what the lists say.
    private func expectTrue(_ test: TestCatalogue) async throws {
        let items = try await test.catalogue.pictures.search(PictureQuery(limit: 100), viewer: .system)
        let derivatives = items.flatMap(\.picture.derivatives)
        let stored = try await test.catalogue.samples.stored().filter(\.kind.isShown)
        #expect(stored.reduce(0) { $0 + $1.files } == derivatives.count)
        #expect(stored.reduce(0) { $0 + $1.bytes } == derivatives.reduce(0) { $0 + $1.size })
    }

    @Test("pictures are counted by day and label, those that are gone not", arguments: CatalogueEngines.allCases)
    func arrivals(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let (one, two) = (try await test.addLabel("CAM-1"), try await test.addLabel("CAM-2"))
        try await test.addLabel("CAM-3")
        let owner = try await test.addAccount("olga", grants: [one, two])
        let span = DaySpan(last: 3, upTo: TestCatalogue.epoch)
        let sets = [
            try await test.addUploadSet(by: owner, label: one), try await test.addUploadSet(by: owner, label: two),
        ]
        for (set, days) in zip(sets, [[0.0, 0, 1, 2, -1, 3], [2]]) {
            for day in days { try await test.admit(to: set, at: span.start.addingTimeInterval(day * 86_400 + 60)) }
        }
        let gone = try await test.admit(to: sets[0], at: span.start.addingTimeInterval(60))
        try await test.catalogue.pictures.delete(gone)
        let counts = try await test.catalogue.figures.arrivals(span)
        #expect(counts.map(\.label) == ["CAM-1", "CAM-2"] && counts.map(\.pictures) == [[2, 1, 1], [0, 0, 1]])
        // By a clock two hours ahead, a minute past midnight is the evening before.
        let shifted = try await test.catalogue.figures.arrivals(
            DaySpan(last: 3, upTo: TestCatalogue.epoch, offset: -120))
        #expect(shifted.first?.pictures != counts.first?.pictures)
    }

    @Test("settings are changed in part, and audited by what changed", arguments: CatalogueEngines.allCases)
    func settings(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let store = test.catalogue.instanceSettings
        #expect(try await store.find() == InstanceSettings())
        _ = try await store.change(by: .system, at: Self.now) { $0.name = "Roads" }
        let changed = try await store.change(by: .system, at: Self.now) { $0.terms["en"] = "Be kind." }
        #expect(changed == InstanceSettings(name: "Roads", terms: ["en": "Be kind."]))
        #expect(try await store.find() == changed)
        _ = try await store.change(by: .system, at: Self.now) { _ in }
        await #expect(throws: Failure.self) {
            _ = try await store.change(by: .system, at: Self.now) { _ in throw Failure(.unprocessable, "No.") }
        }
        let audit = try await test.catalogue.audit.list(AuditFilter(action: "instance"), before: nil, limit: 10)
        #expect(audit.map(\.details) == [["terms": "en"], ["name": "Roads"]])
    }

    @Test(
        "the audit log is asked by who, what, about what and when, page by page", arguments: CatalogueEngines.allCases)
    func audit(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let (log, ada) = (test.catalogue.audit, try await test.addAccount("ada", .admin))
        for day in 0..<4 {
            let moment = TestCatalogue.epoch.addingTimeInterval(Double(day) * 86_400)
            try await log.record("label.created", by: ada.viewer, subject: "\(day)", details: [:], at: moment)
            try await log.record("labelling.begun", by: .system, subject: "\(day)", details: [:], at: moment)
        }
        func found(_ filter: AuditFilter) async throws -> [String] {
            try await log.list(filter, before: nil, limit: 100).map { "\($0.action) \($0.subject)" }
        }
        #expect(try await found(AuditFilter(action: "label")).count == 4)
        #expect(try await found(AuditFilter(action: "labelling.begun")).count == 4)
        #expect(try await found(AuditFilter(actor: ada.id.string, subject: "2")) == ["label.created 2"])
        let from = TestCatalogue.epoch.addingTimeInterval(86_400)
        #expect(try await found(AuditFilter(from: from, to: from.addingTimeInterval(86_400))).count == 2)
        let page = try await log.list(AuditFilter(action: "label"), before: nil, limit: 3)
        let rest = try await log.list(AuditFilter(action: "label"), before: page.last?.number, limit: 3)
        #expect(rest.map(\.subject) == ["0"])
        #expect(try await log.actions() == ["label.created", "labelling.begun"])
    }
}
