import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Search")
struct SearchTests {
    /// A thousand pictures with ties in time, in and around one town, and the words of a reader.
    private func filled(_ engine: CatalogueEngines, count: Int = 1000) async throws -> (TestCatalogue, [Seeded], Viewer)
    {
        let test = try await TestCatalogue(engine)
        let seeded = try await test.seed(pictures: count, spread: 0.2)
        return (test, seeded, .system)
    }

    private func pages(_ query: PictureQuery, _ test: TestCatalogue, _ viewer: Viewer) async throws -> [PictureItem] {
        var query = query
        var all: [PictureItem] = []
        while true {
            let page = try await test.catalogue.pictures.search(query, viewer: viewer)
            guard let last = page.last, let tags = last.picture.tags else { return all }
            #expect(page.count <= query.limit)
            all += page
            query.after = PictureQuery.Position(capturedAt: tags.capturedAt, id: last.picture.id)
        }
    }

    private func expected(_ seeded: [Seeded], _ matches: (Seeded) -> Bool) -> [PictureID] {
        seeded.filter(matches).sorted { ($1.capturedAt, $0.id) < ($0.capturedAt, $1.id) }.map(\.id)
    }

    @Test(
        "pages over a thousand pictures with equal times give each once, in order",
        arguments: CatalogueEngines.allCases)
    func keyset(engine: CatalogueEngines) async throws {
        let (test, seeded, viewer) = try await filled(engine)
        let found = try await pages(PictureQuery(limit: 37), test, viewer)
        #expect(found.map(\.picture.id) == expected(seeded) { _ in true })
    }

    @Test(
        "one who sees part of a large catalogue gets their own pictures alone, each once, over pages",
        arguments: CatalogueEngines.allCases)
    func part(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("vehicle-7")
        let mine = try await test.seed(pictures: 200, spread: 0.2, label: label)
        _ = try await test.seed(pictures: 400, spread: 0.2)
        let reader = try await test.addAccount("reader", .viewer, grants: [label]).viewer
        let found = try await pages(PictureQuery(limit: 17), test, reader)
        #expect(found.map(\.picture.id) == expected(mine) { _ in true })
        let box = BoundingBox(west: 2.3, south: 48.8, east: 2.4, north: 48.9)
        let boxed = try await pages(PictureQuery(box: box, limit: 17), test, reader)
        #expect(boxed.map(\.picture.id) == expected(mine) { box.contains($0.position) })
        #expect(try await pages(PictureQuery(), test, .guest).isEmpty)
    }

    @Test("a box gives exactly the pictures inside, over pages too", arguments: CatalogueEngines.allCases)
    func boxes(engine: CatalogueEngines) async throws {
        let (test, seeded, viewer) = try await filled(engine)
        for (west, south, size) in [(2.3, 48.8, 0.01), (2.31, 48.82, 0.05), (2.2, 48.7, 0.5), (2.35, 48.85, 0.0001)] {
            let box = BoundingBox(west: west, south: south, east: west + size, north: south + size)
            let found = try await pages(PictureQuery(box: box, limit: 23), test, viewer)
            #expect(found.map(\.picture.id) == expected(seeded) { box.contains($0.position) }, "\(box)")
        }
    }

    @Test("a box over the antimeridian finds both sides", arguments: CatalogueEngines.allCases)
    func antimeridian(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("ship")
        let owner = try await test.addAccount("owner", grants: [label])
        var ids: [PictureID] = []
        for longitude in [179.999, -179.999, 0] {
            ids.append(
                try await test.addPreparedPicture(
                    TestPicture(at: GeoPoint(longitude: longitude, latitude: -17)), by: owner, label: label))
        }
        let box = BoundingBox(west: 179, south: -18, east: -179, north: -16)
        let found = try await test.catalogue.pictures.search(PictureQuery(box: box), viewer: owner.viewer)
        #expect(Set(found.map(\.picture.id)) == Set(ids.prefix(2)))
    }

    @Test("time, ids and sequences narrow a search down, alone and together", arguments: CatalogueEngines.allCases)
    func filters(engine: CatalogueEngines) async throws {
        let (test, seeded, viewer) = try await filled(engine, count: 300)
        let times = seeded.map(\.capturedAt).sorted()
        let (from, to) = (times[60], times[200])
        let inTime = { (one: Seeded) in one.capturedAt >= from && one.capturedAt <= to }
        let found = try await pages(PictureQuery(from: from, to: to, limit: 50), test, viewer)
        #expect(found.map(\.picture.id) == expected(seeded, inTime))

        let box = BoundingBox(west: 2.3, south: 48.8, east: 2.4, north: 48.9)
        let boxed = try await pages(PictureQuery(box: box, from: from, to: to, limit: 50), test, viewer)
        #expect(boxed.map(\.picture.id) == expected(seeded) { inTime($0) && box.contains($0.position) })

        let sequence = seeded[0].sequenceID
        let ofSequence = try await pages(PictureQuery(sequences: [sequence], limit: 50), test, viewer)
        #expect(ofSequence.map(\.picture.id) == expected(seeded) { $0.sequenceID == sequence })

        let ids = seeded.prefix(20).map(\.id)
        let named = try await pages(PictureQuery(ids: ids, sequences: [sequence], limit: 50), test, viewer)
        #expect(named.map(\.picture.id) == expected(seeded) { ids.contains($0.id) && $0.sequenceID == sequence })
        #expect(try await pages(PictureQuery(ids: []), test, viewer).isEmpty)
    }

    @Test(
        "an item carries its producer, label, neighbours and everything its tags said",
        arguments: CatalogueEngines.allCases)
    func item(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("vehicle-7")
        let owner = try await test.addAccount("Zoé", grants: [label])
        let tests = (0..<3).map { index in
            TestPicture(
                "\(index).jpg", at: GeoPoint(longitude: 2 + Double(index) / 1000, latitude: 48.123456789),
                capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index) + 0.123456), type: .equirectangular)
        }
        let ids = try await test.addPreparedPictures(tests, by: owner, label: label).pictures
        let item = try #require(try await test.catalogue.pictures.item(ids[1], viewer: owner.viewer))
        #expect(item.producer == "Zoé")
        #expect(item.label == "vehicle-7")
        #expect(item.previous == .init(id: ids[0], position: tests[0].position))
        #expect(item.next == .init(id: ids[2], position: tests[2].position))
        var tags = tests[1].tags
        let stored = try #require(item.picture.tags)
        #expect(abs(stored.capturedAt.timeIntervalSince(tags.capturedAt)) < 1e-6)
        (tags.capturedAt, tags.gpsTime, tags.cameraTime) = (stored.capturedAt, stored.gpsTime, stored.cameraTime)
        let exif = try #require(item.exif)
        #expect(try JSONDecoder().decode([String: String].self, from: Data(exif.utf8)) == tags.exif)
        tags.exif = [:]
        #expect(stored == tags)
        #expect(item.picture.derivatives == TestCatalogue.derivatives(of: tags))
        #expect(item.picture.rank == 2)
        let tile = try await test.catalogue.pictures.file(
            ids[1], kind: .tile(column: 7, row: 3), viewer: owner.viewer)
        #expect(tile?.derivative.width == 720)
        #expect(tile?.originalName == "1.jpg")
        #expect(
            try await test.catalogue.pictures.file(ids[1], kind: .tile(column: 8, row: 0), viewer: owner.viewer) == nil)
    }

    @Test("a sequence is read by rank, page by page", arguments: CatalogueEngines.allCases)
    func sequencePages(engine: CatalogueEngines) async throws {
        let (test, seeded, viewer) = try await filled(engine, count: 100)
        let sequence = seeded[0].sequenceID
        let expected = seeded.filter { $0.sequenceID == sequence }.sorted { $0.rank < $1.rank }.map(\.id)
        var seen: [PictureID] = []
        var rank = 0
        while true {
            let page = try await test.catalogue.pictures.items(of: sequence, afterRank: rank, limit: 7, viewer: viewer)
            guard let last = page.last?.picture.rank else { break }
            seen += page.map(\.picture.id)
            rank = last
        }
        #expect(seen == expected)
    }

    @Test("what looks at a place is found across the antimeridian", arguments: CatalogueEngines.allCases)
    func viewAcross(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine), label = try await test.addLabel("ship")
        let owner = try await test.addAccount("owner", .field, grants: [label])
        // Some 40 m to either side of the place, the first with its back to it.
        let places: [(longitude: Double, heading: Double)] = [(179.9995, 270), (179.9995, 90), (-179.9998, 270)]
        var ids: [PictureID] = []
        for place in places {
            ids.append(
                try await test.addPreparedPicture(
                    TestPicture(at: GeoPoint(longitude: place.longitude, latitude: 0), heading: place.heading),
                    by: owner, label: label))
        }
        for longitude in [179.9999, -179.9999, 180, -180] {
            var query = PictureQuery()
            query.view = PictureView(
                place: GeoPoint(longitude: longitude, latitude: 0), distance: 0...200, tolerance: 30)
            let found = try await test.catalogue.pictures.search(query, viewer: .system)
            #expect(found.contains { $0.picture.id == ids[1] }, "\(longitude)")
            #expect(!found.contains { $0.picture.id == ids[0] }, "\(longitude)")
            #expect(found.contains { $0.picture.id == ids[2] }, "\(longitude)")
        }
    }

    @Test("an order that no index has is for a search that finds few", arguments: CatalogueEngines.allCases)
    func orders(engine: CatalogueEngines) async throws {
        let (test, seeded, _) = try await filled(engine, count: 100)
        func found(_ property: String, from: Date? = nil, most: Int) async throws -> [PictureItem] {
            var query = PictureQuery(from: from, limit: 200, order: [.init(property, isDescending: true)])
            query.mostOrdered = most
            return try await test.catalogue.pictures.search(query, viewer: .system)
        }
        #expect(try await found("original_file:size", most: 100).count == 100)
        let failure = await #expect(throws: Failure.self) { try await found("original_file:size", most: 99) }
        #expect(failure?.code == .invalid)
        for property in ["datetime", "id", "created", "updated"] {
            #expect(try await found(property, most: 1).count == 100, "\(property)")
        }
        let times = seeded.map(\.capturedAt).sorted()
        let newer = seeded.count { $0.capturedAt >= times[50] }
        #expect(try await found("original_file:size", from: times[50], most: newer).count == newer)
    }
}
