import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The outbox")
struct OutboxTests {
    @Test("an entry is claimed once, and again when its lease is over", arguments: CatalogueEngines.allCases)
    func claims(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        let entries = try await scene.claim()
        #expect(entries.map(\.pictureID) == [id])
        #expect(try await scene.claim().isEmpty)
        // The other mirror is owed it all the same.
        #expect(try await scene.claim(2).map(\.pictureID) == [id])
        let outbox = scene.catalogue.outbox
        let later = Date.now.addingTimeInterval(61)
        let again = try await outbox.claim(scene.route.id, 1, worker: "x", limit: 9, now: later, lease: 60)
        #expect(again.map(\.pictureID) == [id])
        // Not by who is at it still.
        let mine = try await outbox.claim(
            scene.route.id, 1, worker: "x", limit: 9, now: later + 61, lease: 60, besides: [id])
        #expect(mine.isEmpty)
        try await outbox.reclaim(except: "y")
        #expect(try await scene.claim().map(\.pictureID) == [id])
    }

    @Test("a change during a delivery is not lost", arguments: CatalogueEngines.allCases)
    func changes(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        let outbox = scene.catalogue.outbox
        for ending in 0..<4 {
            let entry = try #require(try await scene.claim().first)
            try await scene.catalogue.pictures.setVisibility(id, ending % 2 == 0 ? .ownerOnly : .loggedOnly)
            // Nobody takes it meanwhile.
            #expect(try await scene.claim().isEmpty)
            switch ending {
            case 0: try await outbox.done(entry, at: .now)
            case 1: try await outbox.later(entry, at: .now + 3600, reason: "slow", counts: true)
            case 2: try await outbox.park(entry, reason: "no", at: .now)
            default: try await outbox.settled(entry)
            }
            let next = try #require(try await scene.claim(urgentOnly: true).first)
            #expect(next.version > entry.version && next.attempts == 0)
            try await outbox.release(next)
        }
    }

    @Test("a card of hundreds does not hold up what another camera sends", arguments: CatalogueEngines.allCases)
    func fairness(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        _ = try await scene.catalogue.routes.change(scene.route.id) { [other = scene.other.id] in
            $0.labels.append(other)
        }
        let many = try await scene.test.addPreparedPictures(
            (0..<40).map { TestPicture("\($0).jpg", capturedAt: TestCatalogue.epoch + Double($0)) }, by: scene.owner,
            label: scene.label)
        let one = try await scene.picture(label: scene.other)
        let claimed = try await scene.claim(limit: 8).map(\.pictureID)
        #expect(claimed.count == 8 && claimed.contains(one))
        #expect(Set(claimed).subtracting([one]).isSubset(of: many.pictures))
    }

    @Test("what failed too often is a dead letter until somebody asks for it", arguments: CatalogueEngines.allCases)
    func deadLetters(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let outbox = scene.catalogue.outbox
        let id = try await scene.picture()
        let entry = try #require(try await scene.claim().first)
        try await outbox.later(entry, at: .now.addingTimeInterval(-1), reason: "It is slow.", counts: true)
        let second = try #require(try await scene.claim().first)
        #expect(second.attempts == 1)
        try await outbox.park(second, reason: "It is not taken.", at: TestCatalogue.epoch)
        #expect(try await scene.claim().isEmpty)
        let state = try #require(try await scene.catalogue.destinations.states(of: scene.route.id).first)
        #expect(state.parked == 1 && state.waiting == 0 && state.oldest == nil)
        let letter = try #require(try await outbox.letters(of: scene.route.id, parked: true, limit: 10).first)
        #expect(letter.pictureID == id && letter.parkedAt == TestCatalogue.epoch && letter.attempts == 2)
        #expect(letter.lastError == "It is not taken.")
        #expect(try await outbox.setbacks(of: scene.route.id).map(\.reason) == ["It is not taken."])
        #expect(try await outbox.retry(scene.route.id, by: .system, at: .now) == 1)
        #expect(try await scene.claim().map(\.attempts) == [0])
    }

    @Test("a dead letter whose picture changes is tried anew", arguments: CatalogueEngines.allCases)
    func revived(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        let id = try await scene.picture()
        try await scene.catalogue.outbox.park(try #require(try await scene.claim().first), reason: "no", at: .now)
        try await scene.catalogue.pictures.setVisibility(id, .ownerOnly)
        #expect(try await scene.claim().map(\.pictureID) == [id])
    }

    @Test(
        "a destination that is down is asked again later, and says since when and what waits",
        arguments: CatalogueEngines.allCases)
    func down(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        _ = try await scene.picture()
        let (destinations, now) = (scene.catalogue.destinations, Date.now)
        try await destinations.down(scene.route.id, 1, reason: "It is not there.", at: now, retry: now + 60)
        try await destinations.down(scene.route.id, 1, reason: "Still not.", at: now + 60, retry: now + 180)
        #expect(try await destinations.due(at: now + 100).map(\.number) == [2])
        #expect(Set(try await destinations.due(at: now + 181).map(\.number)) == [1, 2])
        let state = try #require(try await destinations.states(of: scene.route.id).first)
        #expect(abs(try #require(state.downSince).timeIntervalSince(now)) < 0.001)
        #expect(state.failures == 2 && state.lastError == "Still not." && state.waiting == 1)
        try await scene.deliver(try #require(try await scene.claim().first))
        let up = try #require(try await destinations.states(of: scene.route.id).first)
        #expect(up.downSince == nil && up.failures == 0 && up.lastError == nil && up.waiting == 0)
        #expect(up.files == 1 && up.size == 1)
    }

    @Test("two pictures never have one name at a destination", arguments: CatalogueEngines.allCases)
    func names(engine: CatalogueEngines) async throws {
        let scene = try await RouteScene(engine)
        _ = try await scene.picture()
        _ = try await scene.picture()
        var names: [String] = []
        for entry in try await scene.claim() {
            names.append(
                try await scene.catalogue.deliveries.reserve(
                    entry, .hd, names: ["a.jpg", "b.jpg"], size: 1, sha256: "00", revision: 1))
        }
        #expect(Set(names) == ["a.jpg", "b.jpg"])
    }
}
