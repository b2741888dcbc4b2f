import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Retention")
struct RetentionTests {
    private let test: TestCatalogue
    private let label: CameraLabel
    private let owner: Account
    private static let day: TimeInterval = 86_400
    private static let now = TestCatalogue.epoch

    init() async throws {
        test = try await TestCatalogue()
        label = try await test.addLabel("CAM-7")
        owner = try await test.addAccount("olga", .field, grants: [label])
    }

    private var retention: RetentionStore { test.catalogue.retention }

    /// Prepared pictures that arrived so many days ago, each with a kept original of 1,000 bytes.
    private func pictures(daysAgo days: [Double], label: CameraLabel? = nil) async throws -> [PictureID] {
        let set = try await test.addUploadSet(by: owner, label: label ?? self.label)
        var ids: [PictureID] = []
        for days in days {
            ids.append(try await test.admit(to: set, at: Self.now.addingTimeInterval(-days * Self.day)))
        }
        for job in try await test.claim() { try await test.work(on: job) }
        for job in try await test.claim() {
            guard case .develop(let id) = job.step else { continue }
            let tags = TestPicture().tags
            try await test.catalogue.pictures.developed(
                id, tags: tags, redactions: [], derivatives: TestCatalogue.derivatives(of: tags), revision: 1,
                original: StoredOriginal(kind: .kept, keyID: nil, size: 1000, sha256: "cafe"), ending: job)
        }
        return ids
    }

    private func rule(_ what: RetentionRule.Class, days: Int? = nil, bytes: Int64? = nil) throws -> RetentionRule {
        try RetentionRule(labelID: label.id, what: what, days: days, bytes: bytes)
    }

    /// Applies a rule in parts; how many went.
    private func apply(_ rule: RetentionRule) async throws -> Int {
        let plan = try await retention.plan(rule, at: Self.now)
        var (gone, point) = (0, RetentionPoint?.none)
        repeat {
            let part = try await retention.letGo(plan, after: point, at: Self.now)
            (gone, point) = (gone + part.count, part.end)
        } while point != nil
        return gone
    }

    private func left(_ ids: [PictureID]) async throws -> [Bool] {
        var result: [Bool] = []
        for id in ids { result.append(try await test.catalogue.pictures.find(id, viewer: .system) != nil) }
        return result
    }

    private func originals(_ ids: [PictureID]) async throws -> [Bool] {
        var result: [Bool] = []
        for id in ids {
            result.append(try await test.catalogue.originals.find(id, viewer: .system, at: Self.now) != nil)
        }
        return result
    }

    @Test("by age: what a plan says is what goes, of this label alone, and the plan changes nothing")
    func age() async throws {
        let ids = try await pictures(daysAgo: [40, 30, 29, 1])
        let others = try await pictures(daysAgo: [400], label: try await test.addLabel("CAM-8"))
        let rule = try rule(.original, days: 30)
        let plan = try await retention.plan(rule, at: Self.now)
        // At 30 days to the second it is kept still.
        #expect(plan.count == 1 && plan.bytes == 1000 && plan.owed == 0)
        #expect(plan.from == Self.now.addingTimeInterval(-40 * Self.day) && plan.to == plan.from)
        #expect(try await originals(ids) == [true, true, true, true])
        #expect(try await apply(rule) == 1)
        #expect(try await originals(ids) == [false, true, true, true])
        #expect(try await originals(others) == [true])
        #expect(try await left(ids) == [true, true, true, true])
        #expect(try await retention.plan(rule, at: Self.now).count == 0)
        let entry = try #require(try await test.catalogue.audit.list(before: nil, limit: 5).first)
        #expect(entry.action == "retention.applied" && entry.subject == label.id.string)
        #expect(entry.details == ["class": "original", "count": "1", "bytes": "1000"])
    }

    @Test("by size: the oldest go until the rest fits, and nothing at all fits in nothing")
    func size() async throws {
        let ids = try await pictures(daysAgo: [4, 3, 2, 1])
        #expect(try await retention.plan(try rule(.original, bytes: 4000), at: Self.now).count == 0)
        #expect(try await apply(try rule(.original, bytes: 2999)) == 2)
        #expect(try await originals(ids) == [false, false, true, true])
        #expect(try await apply(try rule(.original, bytes: 0)) == 2)
        #expect(try await originals(ids) == [false, false, false, false])
    }

    @Test("whole pictures go with all that is stored of them, and their size counts all of it")
    func pictures() async throws {
        let ids = try await pictures(daysAgo: [40, 20, 10])
        let whole = TestCatalogue.derivatives(of: TestPicture().tags).reduce(1000) { $0 + $1.size }
        let plan = try await retention.plan(try rule(.picture, days: 15), at: Self.now)
        #expect(plan.count == 2 && plan.bytes == 2 * whole)
        #expect(try await retention.plan(try rule(.picture, bytes: 2 * whole), at: Self.now).count == 1)
        #expect(try await apply(try rule(.picture, days: 15, bytes: 2 * whole)) == 2)
        #expect(try await left(ids) == [false, false, true])
        let jobs = try await test.claim()
        #expect(Set(jobs.map(\.step)).isSuperset(of: ids.prefix(2).map { .erase($0) }))
    }

    /// A stored raw file of 2,000 bytes beside each original.
    private func addRaws(to ids: [PictureID]) async throws {
        try await test.catalogue.engine.write { connection in
            for id in ids {
                try connection.execute(
                    """
                    INSERT INTO raw_files (picture_id, name, size, sha256, received_at)
                    VALUES (\(id), 'A.NEF', 2000, 'beef', 0)
                    """)
                try connection.execute(
                    """
                    INSERT INTO raw_originals (picture_id, kind, size, sha256, stored_at)
                    VALUES (\(id), 'kept', 2000, 'beef', 0)
                    """)
            }
        }
    }

    @Test("raw files go alone, by age and by size; their pictures and originals stay, and a picture's size counts them")
    func raws() async throws {
        let ids = try await pictures(daysAgo: [40, 20, 10])
        try await addRaws(to: ids)
        func left() async throws -> [Bool] {
            let known = try await test.catalogue.originals.kinds(of: ids, .raw, viewer: .system, at: Self.now)
            return ids.map { known[$0] != nil }
        }
        let plan = try await retention.plan(try rule(.raw, days: 30), at: Self.now)
        #expect(plan.count == 1 && plan.bytes == 2000)
        let whole = TestCatalogue.derivatives(of: TestPicture().tags).reduce(3000) { $0 + $1.size }
        #expect(try await retention.plan(try rule(.picture, days: 15), at: Self.now).bytes == 2 * whole)
        #expect(try await apply(try rule(.raw, days: 30)) == 1)
        #expect(try await left() == [false, true, true])
        #expect(try await apply(try rule(.raw, bytes: 2000)) == 1)
        #expect(try await left() == [false, false, true])
        #expect(try await self.left(ids) == [true, true, true])
        #expect(try await originals(ids) == [true, true, true])
        // The janitor has their bytes to remove, and no others.
        let expired = try await test.catalogue.originals.expired(at: Self.now, limit: 9)
        #expect(Set(expired.map(\.pictureID)) == Set(ids.prefix(2)) && expired.allSatisfy { $0.part == .raw })
    }

    @Test("what a route still owes stays, a dead letter included, and goes once it is brought")
    func owed() async throws {
        let route = try await test.catalogue.routes.create(
            Route(
                name: "away", labels: [label.id], contents: [.hd],
                destinations: [RouteDestination(configuration: .directory(DirectoryPlace(path: "/nowhere")))]))
        let ids = try await pictures(daysAgo: [40, 30.5])
        let claimed = try await test.catalogue.outbox.claim(
            route.id, 1, worker: "w", limit: 10, now: Date(), lease: 60, urgentOnly: false)
        #expect(Set(claimed.map(\.pictureID)) == Set(ids))
        for rule in [try rule(.picture, days: 30), try rule(.original, days: 30)] {
            let plan = try await retention.plan(rule, at: Self.now)
            #expect(plan.count == 0 && plan.owed == 2)
            #expect(try await apply(rule) == 0)
        }
        try await test.catalogue.outbox.park(claimed[0], reason: "no", at: Self.now)
        try await test.catalogue.outbox.done(claimed[1], at: Self.now)
        #expect(try await apply(try rule(.original, days: 30)) == 1)
        #expect(try await originals(ids) == ids.map { $0 == claimed[0].pictureID })
        // What came to be owed between plan and deed.
        let plan = try await retention.plan(try rule(.picture, days: 30), at: Self.now)
        #expect(plan.count == 1)
        _ = try await test.catalogue.routes.change(route.id) { $0.name = "again" }
        #expect(try await retention.letGo(plan, after: nil, at: Self.now).count == 0)
        #expect(try await left(ids) == [true, true])
    }

    @Test("more than one part goes, and each is audited")
    func parts() async throws {
        let ids = try await pictures(daysAgo: (0..<230).map { 100 - Double($0) * 0.1 })
        #expect(try await apply(try rule(.original, days: 50)) == 230)
        #expect(try await originals(ids).allSatisfy { !$0 })
        let applied = try await test.catalogue.audit.list(before: nil, limit: 100)
            .filter { $0.action == "retention.applied" }
        #expect(applied.compactMap { Int($0.details["count"] ?? "") } == [30, 100, 100])
    }

    @Test("rules are kept, replaced, audited, and have bounds")
    func rules() async throws {
        let rules = [try rule(.original, days: 30), try rule(.picture, days: 300, bytes: 1 << 40)]
        try await retention.set(rules, of: label.id, by: .system, at: Self.now)
        #expect(try await retention.rules(of: label.id) == rules)
        #expect(try await retention.rules() == rules)
        try await retention.set([], of: label.id, by: .system, at: Self.now)
        #expect(try await retention.rules().isEmpty)
        let changes = try await test.catalogue.audit.list(before: nil, limit: 10)
            .filter { $0.action == "label.retention-changed" }
        #expect(changes.count == 2 && changes[1].details["original"] == "30 days")
        await #expect(throws: Failure.self) {
            try await retention.set([], of: CameraLabelID(), by: .system, at: Self.now)
        }
        for (days, bytes) in [(0, 1), (36_501, 1), (nil, nil), (nil, -1)] as [(Int?, Int64?)] {
            #expect(throws: Failure.self) { try rule(.original, days: days, bytes: bytes) }
        }
    }
}
