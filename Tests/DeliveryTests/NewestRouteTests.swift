import Catalogue
import Delivery
import Domain
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("Routes of the newest picture alone")
struct NewestRouteTests {
    private let scene: DeliveryScene
    private let small: RouteContent

    init() async throws {
        scene = try await DeliveryScene()
        small = .rendition(try Rendition(width: 640, height: 480))
    }

    private var place: FakeDestination { get throws { try scene.place("/a") } }

    private func makeRoute(_ labels: [CameraLabelID] = []) async throws -> Route {
        try await scene.catalogue.routes.create(
            Route(
                name: "Website", labels: [scene.label.id] + labels, contents: [small, .item],
                destinations: [RouteDestination(configuration: .directory(DirectoryPlace(path: "/a")))],
                newestOnly: true))
    }

    /// A picture in a sequence, taken so many minutes after a moment that is long past.
    private func picture(_ minutes: Double, _ label: CameraLabel? = nil) async throws -> PictureID {
        let taken = Date(timeIntervalSince1970: 1_700_000_000 + minutes * 60)
        return try await scene.test.addPreparedPicture(
            TestPicture(capturedAt: taken), by: scene.owner, label: label ?? scene.label)
    }

    /// Which picture lies there; nothing when there is none.
    private func shown(_ label: String = "CAM 1") throws -> String? {
        let text = try place.text("\(label)/latest.json")
        #expect(try (place.text("\(label)/latest.jpg") == nil) == (text == nil))
        return text?.split(separator: "\"").dropFirst(3).first.map(String.init)
    }

    @Test("each newer picture takes the name of the one before, and one that was taken earlier and comes later nothing")
    func order() async throws {
        let route = try await makeRoute()
        let first = try await picture(1)
        try await scene.deliver()
        #expect(try shown() == first.string && place.names == ["CAM 1/latest.jpg", "CAM 1/latest.json"])
        let third = try await picture(3)
        try await scene.deliver()
        #expect(try shown() == third.string)
        let puts = try place.puts.count
        _ = try await picture(2)
        try await scene.deliver()
        #expect(try shown() == third.string && place.puts.count == puts && place.names.count == 2)
        // Nothing was ever taken away for that.
        #expect(try place.state.withLock { $0.deletes }.isEmpty)
        let state = try await scene.state(route)
        #expect(state.waiting == 0 && state.files == 2)
    }

    @Test("of many that come together only the newest is sent")
    func together() async throws {
        _ = try await makeRoute()
        var ids: [PictureID] = []
        for minute in 0..<8 { ids.append(try await picture(Double(minute))) }
        try await scene.deliver()
        #expect(try shown() == ids[7].string && place.puts.count == 2)
    }

    @Test("the newest hidden or deleted, the next one is owed and takes its place; none left, nothing is there")
    func hidden() async throws {
        let route = try await makeRoute()
        let (old, new) = (try await picture(1), try await picture(2))
        try await scene.deliver()
        #expect(try shown() == new.string)
        try await scene.catalogue.pictures.setVisibility(new, .ownerOnly)
        try await scene.deliver()
        #expect(try shown() == old.string)
        try await scene.catalogue.pictures.setVisibility(new, .loggedOnly)
        try await scene.deliver()
        #expect(try shown() == new.string)
        _ = try await scene.catalogue.pictures.delete(new, by: .system)
        try await scene.deliver()
        #expect(try shown() == old.string)
        try await scene.catalogue.pictures.setVisibility(old, .ownerOnly)
        try await scene.deliver()
        #expect(try shown() == nil && place.names.isEmpty)
        #expect(try await scene.state(route).waiting == 0)
    }

    @Test("each label has a newest picture of its own, and one that is moved counts where it is")
    func labels() async throws {
        let other = try await scene.test.addLabel("CAM 2")
        try await scene.catalogue.labels.grant(other.id, to: scene.owner.id)
        _ = try await makeRoute([other.id])
        let (one, two) = (try await picture(5), try await picture(1, other))
        try await scene.deliver()
        #expect(try shown() == one.string && shown("CAM 2") == two.string)
        try await scene.catalogue.pictures.setVisibility(two, .ownerOnly)
        try await scene.deliver()
        #expect(try shown() == one.string && shown("CAM 2") == nil)
    }

    @Test("labels whose names are one there do not overwrite each other: the second waits, and says why")
    func sameNames() async throws {
        let labels = [try await scene.test.addLabel("_7"), try await scene.test.addLabel(".7")]
        for label in labels { try await scene.catalogue.labels.grant(label.id, to: scene.owner.id) }
        let route = try await makeRoute(labels.map(\.id))
        let first = try await picture(1, labels[0])
        try await scene.deliver()
        _ = try await picture(2, labels[1])
        try await scene.deliver()
        #expect(try shown("_7") == first.string)
        let letter = try #require(try await scene.catalogue.outbox.letters(of: route.id, parked: false, limit: 9).first)
        #expect(letter.lastError?.contains("Another picture has the name") == true)
    }

    @Test("killed while one takes another's name, it is sent again; hidden meanwhile, the one before comes back")
    func cut() async throws {
        _ = try await makeRoute()
        let old = try await picture(1)
        try await scene.deliver()
        let new = try await picture(2)
        for isHidden in [false, true] {
            try place.set { state in
                state.beforePut = { _ in
                    withUnsafeCurrentTask { $0?.cancel() }
                    try Task.checkCancellation()
                }
            }
            await #expect(throws: CancellationError.self) { try await scene.deliver() }
            try place.set { $0.beforePut = nil }
            // What was there is there still, under a name that is the new one's already.
            #expect(try shown() == old.string)
            try await scene.catalogue.pictures.setVisibility(new, isHidden ? .ownerOnly : .loggedOnly)
            try await scene.deliver()
            #expect(try shown() == (isHidden ? old : new).string)
            guard !isHidden else { break }
            try await scene.catalogue.pictures.setVisibility(new, .ownerOnly)
            try await scene.deliver()
            try await scene.catalogue.pictures.setVisibility(new, .loggedOnly)
        }
    }

    @Test("one that was half replaced and is hidden then is taken back, though nothing may be sent")
    func halfReplaced() async throws {
        let route = try await makeRoute()
        let old = try await picture(1)
        try await scene.deliver()
        try place.set { $0.refused["latest"] = Failure(.unavailable, "It is not taken.") }
        _ = try await picture(2)
        try await scene.deliver()
        #expect(try shown() == old.string)
        _ = try await scene.catalogue.routes.change(route.id) { $0.isEnabled = false }
        try await scene.catalogue.pictures.setVisibility(old, .ownerOnly)
        try await scene.deliver()
        #expect(try shown() == nil)
        try place.set { $0.refused = [:] }
        _ = try await scene.catalogue.routes.change(route.id) { $0.isEnabled = true }
        scene.pass(3600)
        try await scene.deliver()
        #expect(try shown() != nil && shown() != old.string)
    }

    @Test("a route that sends all becomes one that sends the newest, and takes the others back; and all again")
    func turned() async throws {
        let route = try await scene.makeRoute([small, .item], pattern: "{label}/{id}")
        let ids = [try await picture(1), try await picture(2)]
        try await scene.deliver()
        #expect(try place.names.count == 4)
        _ = try await scene.catalogue.routes.change(route.id) {
            $0.sendNewestOnly(true)
            $0.pattern = try NamePattern("{label}/latest")
        }
        try await scene.deliver()
        #expect(try shown() == ids[1].string && place.names.count == 2)
        _ = try await scene.catalogue.routes.change(route.id) {
            $0.sendNewestOnly(false)
            $0.pattern = try NamePattern("{id}")
        }
        try await scene.deliver()
        #expect(try Set(place.names) == Set(ids.flatMap { ["\($0).jpg", "\($0).json"] }))
    }

    @Test("a comparison misses the newest alone, and has it sent")
    func verified() async throws {
        let route = try await makeRoute()
        _ = try await picture(1)
        let new = try await picture(2)
        try await scene.catalogue.engine.write { try $0.execute("DELETE FROM outbox") }
        #expect(try await compare(route) == ["unsent \(new)"])
        try await scene.deliver()
        #expect(try shown() == new.string)
        #expect(try await compare(route).isEmpty)
        try place.set { $0.files["CAM 1/latest.jpg"] = Data("meddled".utf8) }
        #expect(try await compare(route) == ["different CAM 1/latest.jpg"])
        try await scene.deliver()
        #expect(try await compare(route).isEmpty)
        #expect(try place.text("CAM 1/latest.jpg") == "640x480 1")
    }

    /// What a comparison that repairs finds.
    private func compare(_ route: Route) async throws -> [String] {
        scene.pass(1)
        let now = scene.now
        let found = Mutex<[String]>([])
        _ = try await RouteVerification(
            catalogue: scene.catalogue, route: route, number: 1, destination: try place,
            scratch: ScratchFolder(path: scene.test.folder.file("scratch")), rehashes: true, repairs: true,
            now: { now }
        ).run { finding in found.withLock { $0.append("\(finding.kind.rawValue) \(finding.name)") } }
        return found.withLock { $0 }
    }
}
