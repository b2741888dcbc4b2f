import Catalogue
import Delivery
import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Deliveries")
struct DeliveryTests {
    @Test("each destination gets what the route says, under its names")
    func sends() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute(
            [.hd, .rendition(try Rendition(width: 1920, height: 1280)), .item], to: ["/a", "/b"])
        let id = try await scene.picture()
        try await scene.deliver()
        for path in ["/a", "/b"] {
            let place = try scene.place(path)
            #expect(place.names == ["CAM 1/\(id)_1920x1280.jpg", "CAM 1/\(id)_hd.jpg", "CAM 1/\(id)_item.json"])
            #expect(place.text("CAM 1/\(id)_hd.jpg") == "hd 1")
            #expect(place.text("CAM 1/\(id)_1920x1280.jpg") == "1920x1280 1")
        }
        let state = try await scene.state(route)
        #expect(state.waiting == 0 && state.files == 3 && state.downSince == nil)
    }

    @Test("what is in line already is not sent again")
    func idempotent() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute([.hd, .rendition(try Rendition(width: 640, height: 480)), .item])
        try await scene.picture()
        try await scene.deliver()
        let place = try scene.place("/a")
        #expect(place.puts.count == 3)
        // Everything is owed anew, and found to be there.
        _ = try await scene.catalogue.routes.change(route.id) { $0.rate = 1_000_000 }
        try await scene.deliver()
        #expect(place.puts.count == 3)
        #expect(try await scene.state(route).waiting == 0)
    }

    @Test("a picture that is hidden is taken back at once, and comes again when it is shown")
    func hidden() async throws {
        let scene = try await DeliveryScene()
        _ = try await scene.makeRoute()
        let id = try await scene.picture()
        try await scene.deliver()
        try await scene.catalogue.pictures.setVisibility(id, .ownerOnly)
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty)
        #expect(try await scene.catalogue.deliveries.records(for: id).isEmpty)
        try await scene.catalogue.pictures.setVisibility(id, .loggedOnly)
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 1)
    }

    @Test("a backup of one's own keeps what is hidden, and gives up what is erased")
    func keeps() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute { $0.whenHidden = .keep }
        let id = try await scene.picture()
        try await scene.catalogue.pictures.setVisibility(id, .ownerOnly)
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 1)
        let region = Polygon(x: 1, y: 2, width: 30, height: 40)
        _ = try await scene.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 1)
        _ = try await scene.catalogue.pictures.delete(id, by: .system)
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty)
        #expect(try await scene.state(route).waiting == 0)
    }

    @Test("a new revision takes the place of the old one")
    func revision() async throws {
        let scene = try await DeliveryScene()
        _ = try await scene.makeRoute()
        let id = try await scene.picture()
        try await scene.deliver()
        _ = try await scene.files(id, 2)
        let hash = DeliveryScene.hash("hd 2")
        let list = "[[\"hd\",4000,3000,4,\"\(hash)\"]]"
        try await scene.catalogue.engine.write { connection in
            try connection.execute("UPDATE pictures SET revision = 2, derivatives = \(list) WHERE id = \(id)")
        }
        try await scene.deliver()
        #expect(try scene.place("/a").text("CAM 1/\(id)_hd.jpg") == "hd 2")
        #expect(try scene.place("/a").names.count == 1)
    }

    @Test("a new pattern renames what is there: first the new name, then the old one goes")
    func renamed() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        let id = try await scene.picture()
        try await scene.deliver()
        _ = try await scene.catalogue.routes.change(route.id) {
            $0.pattern = try NamePattern("{year}/{month}-{day}/{hour}_{name}")
        }
        try await scene.deliver()
        // 2026-06-01T10:00:00Z, two hours east.
        #expect(try scene.place("/a").names == ["2026/06-01/12_G0010001.jpg"])
        #expect(try await scene.catalogue.deliveries.records(for: id).count == 1)
    }

    @Test("pictures of one second get different names")
    func sameNames() async throws {
        let scene = try await DeliveryScene()
        _ = try await scene.makeRoute(pattern: "{date}/{time}")
        let ids = [try await scene.picture(), try await scene.picture()]
        try await scene.deliver()
        let names = try scene.place("/a").names
        #expect(names.count == 2 && names.contains("2026-06-01/120000.jpg"))
        let others = ids.map { "2026-06-01/120000_\($0.string.prefix(8)).jpg" }
        #expect(names.contains { others.contains($0) })
    }

    @Test(
        "originals go where the label leaves them, sealed ones as ciphertext, and are taken back when it discards them")
    func originals() async throws {
        for kind in [StoredOriginal.Kind.kept, .sealed] {
            let scene = try await DeliveryScene()
            let id = try await scene.picture(original: kind)
            let rule =
                kind == .kept
                ? try OriginalsRule(.keep) : try OriginalsRule(.sealed, keyID: DeliveryScene.keyID)
            try await scene.catalogue.originals.setRule(rule, of: scene.label.id)
            _ = try await scene.makeRoute([.original, .hd])
            try await scene.deliver()
            let name = "CAM 1/\(id)_original.jpg\(kind == .sealed ? ".sealed" : "")"
            #expect(try scene.place("/a").text(name) == "\(kind) original")
            try await scene.catalogue.originals.setRule(.discard, of: scene.label.id)
            try await scene.deliver()
            #expect(try scene.place("/a").names == ["CAM 1/\(id)_hd.jpg"])
        }
    }

    @Test("once a label seals originals, the plain ones of before stay where they are and go to no further destination")
    func sealedSince() async throws {
        let scene = try await DeliveryScene()
        let id = try await scene.picture(original: .kept)
        try await scene.addRaw("DSC_0001.NEF", .kept, to: id)
        try await scene.catalogue.originals.setRule(try OriginalsRule(.keep), of: scene.label.id)
        _ = try await scene.makeRoute([.original, .raw, .hd], pattern: "{kind}")
        try await scene.deliver()
        try await scene.addKey()
        try await scene.catalogue.originals.setRule(
            try OriginalsRule(.sealed, keyID: DeliveryScene.keyID), of: scene.label.id)
        _ = try await scene.makeRoute([.original, .raw, .hd], to: ["/b"], pattern: "{kind}") { $0.name = "Later" }
        try await scene.deliver()
        #expect(try scene.place("/a").names == ["hd.jpg", "original.jpg", "raw.nef"])
        #expect(try scene.place("/b").names == ["hd.jpg"])
    }

    @Test("raw files go beside their originals, named as their cameras name them, and are taken back likewise")
    func raws() async throws {
        for kind in [StoredOriginal.Kind.kept, .sealed] {
            let scene = try await DeliveryScene()
            let id = try await scene.picture(original: kind)
            let rule =
                kind == .kept
                ? try OriginalsRule(.keep) : try OriginalsRule(.sealed, keyID: DeliveryScene.keyID)
            try await scene.catalogue.originals.setRule(rule, of: scene.label.id)
            _ = try await scene.makeRoute([.raw, .original], pattern: "{id}")
            try await scene.deliver()
            // It comes after its picture was sent.
            try await scene.addRaw("DSC_0001.NEF", kind, to: id)
            try await scene.deliver()
            let ending = kind == .sealed ? ".sealed" : ""
            #expect(try scene.place("/a").names == ["\(id).jpg\(ending)", "\(id).nef\(ending)"])
            #expect(try scene.place("/a").text("\(id).nef\(ending)") == "\(kind) raw")
            try await scene.catalogue.originals.setRule(.discard, of: scene.label.id)
            try await scene.deliver()
            #expect(try scene.place("/a").names.isEmpty)
        }
    }

    @Test("a route that is deleted takes back what it has sent when it is told so, switched off too")
    func taken() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute([.hd, .item], to: ["/a", "/b"])
        try await scene.picture()
        try await scene.picture(at: TestCatalogue.epoch.addingTimeInterval(60))
        try await scene.deliver()
        #expect(try scene.place("/a").names.count == 4)
        #expect(try scene.place("/b").names.count == 4)
        _ = try await scene.catalogue.routes.change(route.id, copies: .withdraw) { $0.destinations.removeFirst() }
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty)
        #expect(try scene.place("/b").names.count == 4)
        #expect(try await scene.catalogue.routes.list().map(\.id) == [route.id])
        _ = try await scene.catalogue.routes.change(route.id) { $0.isEnabled = false }
        #expect(try await scene.catalogue.routes.delete(route.id, copies: .withdraw))
        try await scene.deliver()
        #expect(try scene.place("/b").names.isEmpty)
        #expect(try await scene.catalogue.routes.list().isEmpty)
    }

    @Test("pictures that arrived before the route's beginning stay here")
    func since() async throws {
        let scene = try await DeliveryScene()
        _ = try await scene.makeRoute { $0.since = TestCatalogue.epoch + 1 }
        try await scene.picture()
        try await scene.deliver()
        #expect(try scene.place("/a").names.isEmpty)
    }

    @Test("a damaged file of the store is not sent, and becomes a dead letter")
    func damaged() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        let id = try await scene.picture()
        let path = scene.test.folder.file("store") + "/" + ObjectKey.derivative(id, revision: 1, .hd).path
        try Data("hd 7".utf8).write(to: URL(fileURLWithPath: path))
        for _ in 0..<8 {
            try await scene.deliver()
            scene.pass(3600)
        }
        #expect(try scene.place("/a").puts.isEmpty)
        let letter = try #require(
            try await scene.catalogue.outbox.letters(of: route.id, parked: true, limit: 9).first)
        #expect(letter.lastError?.contains("damaged") == true && letter.attempts == 8)
    }
}
