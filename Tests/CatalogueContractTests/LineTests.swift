import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Lines on the map")
struct LineTests {
    /// Twenty places on a street that turns after the tenth.
    private static let places = (0..<20).map { index in
        GeoPoint(
            longitude: 2.35 + Double(min(index, 10)) * 0.0002, latitude: 48.85 + Double(max(index - 10, 0)) * 0.0002)
    }

    private struct Scene {
        let test: TestCatalogue
        let owner: Account
        let reader: Viewer
        let pictures: [PictureID]
        let sequence: SequenceID

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            let label = try await test.addLabel("vehicle-7")
            owner = try await test.addAccount("owner", grants: [label])
            reader = try await test.addAccount("reader", .viewer, grants: [label]).viewer
            let drive = LineTests.places.enumerated().map { index, place in
                TestPicture(
                    "\(index).jpg", at: place, capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)))
            }
            pictures = try await test.addPreparedPictures(drive, by: owner, label: label).pictures
            let first = try await test.catalogue.pictures.find(pictures[0], viewer: .system)
            sequence = try #require(first?.sequenceID)
        }

        func line(z: Int = 15, _ viewer: Viewer) async throws -> [MapPoint]? {
            let cell = MapPoint(LineTests.places[0])
            let shift = UInt32(Morton.zoom - z)
            return try await test.catalogue.map.sequences(
                z: z, x: Int(cell.x >> shift), y: Int(cell.y >> shift), viewer: viewer
            ).first?.line
        }

        /// How many lines are kept.
        func kept() async throws -> Int64 {
            try await test.catalogue.engine.read { try $0.number("SELECT COUNT(*) FROM sequence_lines") }
        }

        func forget() async throws {
            try await test.catalogue.engine.write { try $0.execute("DELETE FROM sequence_lines") }
        }
    }

    @Test(
        "a line has its corners near by, only its ends far out, and nothing in between",
        arguments: CatalogueEngines.allCases)
    func corners(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (first, corner, last) = (Self.places[0], Self.places[10], Self.places[19])
        #expect(try await scene.line(scene.reader) == [first, corner, last].map { MapPoint($0) })
        #expect(try await scene.line(z: 6, scene.reader) == [first, last].map { MapPoint($0) })
        let (near, map) = (MapPoint(first), scene.test.catalogue.map)
        let (x, y) = (Int(near.x >> 16), Int(near.y >> 16))
        let sequence = try #require(try await map.sequences(z: 15, x: x, y: y, viewer: scene.reader).first)
        #expect(sequence.model == "HERO8 Black")
        #expect(sequence.type == .flat)
        #expect(sequence.capturedFrom == TestCatalogue.epoch)
        #expect(try await map.sequences(z: 15, x: x + 300, y: y, viewer: scene.reader).isEmpty)
        #expect(try await map.sequences(z: 6, x: (x >> 9) + 3, y: y >> 9, viewer: scene.reader).isEmpty)
    }

    @Test("a line is the same whether it was kept or is read from the pictures", arguments: CatalogueEngines.allCases)
    func sameLine(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        #expect(try await scene.kept() == 1)
        var before: [[MapPoint]?] = []
        for z in 6...15 { before.append(try await scene.line(z: z, scene.reader)) }
        try await scene.forget()
        var after: [[MapPoint]?] = []
        for z in 6...15 { after.append(try await scene.line(z: z, scene.reader)) }
        #expect(before == after)
        #expect(try await scene.test.catalogue.sequences.drawLines(after: nil, limit: 10) == scene.sequence)
        #expect(try await scene.test.catalogue.sequences.drawLines(after: scene.sequence, limit: 10) == nil)
        #expect(try await scene.kept() == 1)
    }

    @Test(
        "whoever may not see a corner gets a line without it at every zoom, from the moment it is hidden",
        arguments: CatalogueEngines.allCases)
    func hiddenCorner(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let corner = MapPoint(Self.places[10])
        try await scene.test.catalogue.pictures.setVisibility(scene.pictures[10], .ownerOnly)
        // One for the owner, one for the others.
        #expect(try await scene.kept() == 2)
        for z in 6...15 {
            #expect(try await scene.line(z: z, scene.reader)?.contains(corner) == false, "z \(z)")
        }
        #expect(try await scene.line(scene.owner.viewer)?.contains(corner) == true)
        #expect(try await scene.line(.guest) == nil)
        try await scene.test.catalogue.pictures.setVisibility(scene.pictures[10], .loggedOnly)
        #expect(try await scene.line(scene.reader)?.contains(corner) == true)
    }

    @Test(
        "a statement that changes a picture takes its line away, whoever forgets to",
        arguments: CatalogueEngines.allCases)
    func trigger(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (corner, id) = (MapPoint(Self.places[10]), scene.pictures[10])
        try await scene.test.catalogue.engine.write {
            try $0.execute("UPDATE pictures SET audience = 0 WHERE id = \(id)")
        }
        #expect(try await scene.kept() == 0)
        #expect(try await scene.line(scene.reader)?.contains(corner) == false)
        try await scene.test.catalogue.engine.write { connection in
            try connection.execute("UPDATE pictures SET heading = 7 WHERE id = \(id)")
        }
        #expect(try await scene.test.catalogue.sequences.drawLines(after: nil, limit: 1) == scene.sequence)
        try await scene.test.catalogue.pictures.delete(scene.pictures[19])
        #expect(try await scene.line(scene.owner.viewer)?.contains(MapPoint(Self.places[19])) == false)
    }

    @Test("a tile of an account or of a label holds only its pictures, and only what the viewer may see")
    func choice() async throws {
        let scene = try await Scene(.sqlite)
        let other = try await scene.test.addLabel("vehicle-8")
        let driver = try await scene.test.addAccount("driver", grants: [other])
        let theirs = try await scene.test.addPreparedPicture(by: driver, label: other)
        let map = scene.test.catalogue.map
        let own = MapTile.Choice(account: scene.owner.id), label = MapTile.Choice(label: other.id)
        func ids(_ choice: MapTile.Choice, _ viewer: Viewer) async throws -> Set<PictureID> {
            Set(try await map.pictures(z: 5, x: 16, y: 11, choice: choice, viewer: viewer).map(\.id))
        }
        #expect(try await ids(own, .system) == Set(scene.pictures))
        #expect(try await ids(label, .system) == [theirs])
        #expect(try await ids(label, scene.reader) == [])
        #expect(try await ids(own, driver.viewer) == [])
        #expect(try await map.grid(z: 0, x: 0, y: 0, choice: label, viewer: .system).reduce(0) { $0 + $1.flat } == 1)
        #expect(try await map.sequences(z: 6, x: 32, y: 22, choice: own, viewer: .system).count == 1)
        #expect(try await map.sequences(z: 6, x: 32, y: 22, choice: own, viewer: driver.viewer).isEmpty)
    }
}
