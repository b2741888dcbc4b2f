import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The map")
struct MapTests {
    private func tile(_ z: Int, of point: GeoPoint) -> (x: Int, y: Int) {
        let cell = Morton.cell(point)
        return (Int(cell.x >> UInt32(Morton.zoom - z)), Int(cell.y >> UInt32(Morton.zoom - z)))
    }

    @Test("a tile holds exactly the pictures whose cell lies in it", arguments: CatalogueEngines.allCases)
    func pictures(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let seeded = try await test.seed(pictures: 600, spread: 0.1)
        for z in [0, 10, 13, 15, 18] {
            let (x, y) = tile(z, of: seeded[0].position)
            let expected = seeded.filter { tile(z, of: $0.position) == (x, y) }
            let found = try await test.catalogue.map.pictures(z: z, x: x, y: y, viewer: .system)
            #expect(Set(found.map(\.id)) == Set(expected.map(\.id)), "z \(z)")
            let one = try #require(found.first { $0.id == seeded[0].id })
            #expect(one.point == MapPoint(seeded[0].position))
            #expect(one.type == .equirectangular)
            #expect(one.sequenceID == seeded[0].sequenceID)
        }
    }

    @Test("a tile of few pictures keeps the newest of each of ever larger cells", arguments: CatalogueEngines.allCases)
    func thinned(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let seeded = try await test.seed(pictures: 600, spread: 0.1)
        let (x, y) = tile(10, of: seeded[0].position)
        let map = test.catalogue.map
        let all = try await map.pictures(z: 10, x: x, y: y, viewer: .system)
        let some = try await map.pictures(z: 10, x: x, y: y, atMost: 40, viewer: .system)
        #expect((1...40).contains(some.count))
        #expect(Set(some.map(\.id)).isSubset(of: Set(all.map(\.id))))
        // No two of them lie in the same cell of some zoom, and each picture has one of them in its cell.
        let isEven = (0..<62).contains { shift in
            let cells = Dictionary(grouping: all) { $0.point.code >> shift }
            return Set(some.map(\.capturedAt)) == Set(cells.values.compactMap { $0.map(\.capturedAt).max() })
                && cells.count == some.count
        }
        #expect(isEven)
        // Where there is room for all, even those of one place are there.
        let enough = try await map.pictures(z: 10, x: x, y: y, atMost: all.count, viewer: .system)
        #expect(enough == all)
    }

    @Test("the grid counts each picture once at every zoom, flat and 360° apart", arguments: CatalogueEngines.allCases)
    func grid(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let seeded = try await test.seed(pictures: 500, spread: 0.3)
        for z in [0, 4, 8, 11, 12, 14] {
            let (x, y) = tile(z, of: seeded[0].position)
            var expected: [String: [Int]] = [:]
            for one in seeded where tile(z, of: one.position) == (x, y) {
                let cell = tile(z + 5, of: one.position)
                expected["\(cell.x)/\(cell.y)", default: [0, 0]][one.type == .flat ? 0 : 1] += 1
            }
            let cells = try await test.catalogue.map.grid(z: z, x: x, y: y, viewer: .system)
            let found = Dictionary(
                uniqueKeysWithValues: cells.map { ("\($0.x)/\($0.y)", [$0.flat, $0.equirectangular]) })
            #expect(found == expected, "z \(z)")
        }
    }

    @Test("kept counts follow pictures that are hidden, shown and deleted", arguments: CatalogueEngines.allCases)
    func keptCounts(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("vehicle-7")
        let owner = try await test.addAccount("owner", grants: [label])
        let reader = try await test.addAccount("reader", .viewer, grants: [label]).viewer
        let id = try await test.addPreparedPicture(by: owner, label: label)
        let map = test.catalogue.map
        func seen(_ viewer: Viewer) async throws -> Int {
            try await map.grid(z: 0, x: 0, y: 0, viewer: viewer).reduce(0) { $0 + $1.flat + $1.equirectangular }
        }
        #expect(try await [seen(reader), seen(owner.viewer), seen(.guest)] == [1, 1, 0] as [Int])
        try await test.catalogue.pictures.setVisibility(id, .ownerOnly)
        #expect(try await [seen(reader), seen(owner.viewer), seen(.system)] == [0, 1, 1] as [Int])
        try await test.catalogue.pictures.setVisibility(id, .anyone)
        #expect(try await [seen(reader), seen(owner.viewer), seen(.guest)] == [1, 1, 1] as [Int])
        try await test.catalogue.pictures.delete(id)
        #expect(try await [seen(reader), seen(owner.viewer), seen(.system)] == [0, 0, 0] as [Int])
        let rows = try await test.catalogue.engine.read { try $0.number("SELECT COUNT(*) FROM place_counts") }
        #expect(rows == 0)
    }

    @Test("the version changes with what is shown, and differs between accounts", arguments: CatalogueEngines.allCases)
    func version(engine: CatalogueEngines) async throws {
        let test = try await TestCatalogue(engine)
        let label = try await test.addLabel("vehicle-7")
        let owner = try await test.addAccount("owner", grants: [label])
        let other = try await test.addAccount("other")
        let map = test.catalogue.map
        let first = try await map.version(viewer: owner.viewer)
        #expect(try await map.version(viewer: other.viewer) != first)
        #expect(try await map.version(viewer: owner.viewer) == first)
        let id = try await test.addPreparedPicture(by: owner, label: label)
        let second = try await map.version(viewer: owner.viewer)
        #expect(second != first)
        try await test.catalogue.pictures.delete(id)
        #expect(try await map.version(viewer: owner.viewer) != second)
    }
}
