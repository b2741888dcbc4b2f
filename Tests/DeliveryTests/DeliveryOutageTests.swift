import Catalogue
import Delivery
import Domain
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("Deliveries when something fails")
struct DeliveryOutageTests {
    @Test("of two mirrors one that is down loses nothing, holds up nothing, and catches up")
    func mirrors() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute([.hd, .sd], to: ["/a", "/b"])
        try scene.place("/b").set { $0.isDown = true }
        for second in 0..<20 {
            try await scene.picture(at: TestCatalogue.epoch + Double(second))
            if second % 5 == 0 { try await scene.deliver() }
        }
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 40)
        #expect(try scene.place("/b").names.isEmpty)
        let (up, down) = (try await scene.state(route), try await scene.state(route, 2))
        #expect(up.downSince == nil && up.waiting == 0)
        #expect(down.downSince != nil && down.waiting == 20 && down.parked == 0 && down.lastError == "It is gone.")
        // However long it takes, no picture is given up for it.
        for _ in 0..<50 {
            scene.pass(3600)
            try await scene.deliver()
        }
        #expect(try await scene.state(route, 2).parked == 0)
        try scene.place("/b").set { $0.isDown = false }
        scene.pass(3600)
        try await scene.deliver()
        #expect(try scene.place("/b").names == scene.place("/a").names)
        #expect(try await scene.state(route, 2).downSince == nil)
        #expect(try await scene.state(route, 2).waiting == 0)
    }

    @Test("one picture that is not taken holds up no other, becomes a dead letter, and goes when it is asked for")
    func refused() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        let bad = try await scene.picture()
        try scene.place("/a").set { $0.refused[bad.string] = Failure(.unavailable, "It is not taken.") }
        for second in 1..<5 { try await scene.picture(at: TestCatalogue.epoch + Double(second)) }
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 4)
        for _ in 0..<8 {
            scene.pass(3600)
            try await scene.deliver()
        }
        let state = try await scene.state(route)
        #expect(state.parked == 1 && state.waiting == 0 && state.downSince == nil)
        #expect(try scene.place("/a").puts.count { $0.contains(bad.string) } == 8)
        try scene.place("/a").set { $0.refused = [:] }
        #expect(try await scene.catalogue.outbox.retry(route.id, by: .system, at: .now) == 1)
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 5)
    }

    @Test("what no other try can help is a dead letter at once")
    func hopeless() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        try scene.place("/a").set { $0.refused["hd"] = Failure(.unprocessable, "The name is not taken.") }
        try await scene.picture()
        try await scene.deliver()
        #expect(try await scene.state(route).parked == 1)
        #expect(try scene.place("/a").puts.count == 1)
    }

    @Test("a file that is there and whose answer was lost is there once, and is taken back when its picture goes")
    func lostAnswer() async throws {
        let scene = try await DeliveryScene()
        _ = try await scene.makeRoute()
        try scene.place("/a").set { $0.losesAnswers = true }
        let id = try await scene.picture()
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 1)
        #expect(try await scene.catalogue.deliveries.records(for: id).map(\.deliveredAt) == [nil])
        _ = try await scene.catalogue.pictures.delete(id, by: .system)
        try await scene.test.process()
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty)
    }

    @Test("a picture that is hidden while it is being sent is taken back")
    func hiddenMeanwhile() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        let id = try await scene.picture()
        try scene.place("/a").set { state in
            state.beforePut = { _ in try await scene.catalogue.pictures.setVisibility(id, .ownerOnly) }
        }
        try await scene.deliver()
        #expect(try scene.place("/a").puts.count == 1)
        #expect(try scene.place("/a").names.isEmpty)
        #expect(try await scene.state(route).waiting == 0)
    }

    @Test("outside its window a route sends nothing, and still takes back what is hidden")
    func window() async throws {
        let scene = try await DeliveryScene()
        let noon = TestCatalogue.epoch.addingTimeInterval(30 * 365 * 86_400)
        scene.moment.withLock { $0 = noon }
        let route = try await scene.makeRoute {
            $0.window = try? DeliveryWindow(from: "09:30", to: "10:30", zone: "UTC")
        }
        let first = try await scene.picture()
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 1)
        scene.pass(3600)
        try await scene.picture(at: TestCatalogue.epoch + 1)
        try await scene.catalogue.pictures.setVisibility(first, .ownerOnly)
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty)
        #expect(try await scene.state(route).waiting == 1)
        // Shown again, it waits for the window like all others.
        try await scene.catalogue.pictures.setVisibility(first, .loggedOnly)
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty)
        scene.pass(23 * 3600)
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 2)
    }

    @Test("a route that is switched off sends nothing and still takes back")
    func disabled() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        let id = try await scene.picture()
        try await scene.deliver()
        _ = try await scene.catalogue.routes.change(route.id) { $0.isEnabled = false }
        try await scene.picture(at: TestCatalogue.epoch + 1)
        try await scene.catalogue.pictures.setVisibility(id, .ownerOnly)
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty && scene.place("/a").puts.count == 1)
    }

    @Test("a rate is kept to over all files")
    func rate() async throws {
        let scene = try await DeliveryScene()
        _ = try await scene.makeRoute([.hd, .sd, .thumb]) { $0.rate = 1024 }
        let pace = Pace(rate: 1000, clock: scene.clock)
        let start = scene.now
        for _ in 0..<5 { try await pace.pass(2000) }
        // The last may go when the four before it are through.
        #expect(abs(scene.now.timeIntervalSince(start) - 8) < 0.001)
        try await scene.picture()
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 3)
    }
}
