import Catalogue
import Domain
import Foundation
import TestSupport
import Testing
import Web

@Suite("Full tiles")
struct FullTileTests {
    /// Bytes; of any tile.
    private static let largest = 500_000

    @Test("a tile shows the newest of each place where there are too many pictures, and zoom 17 shows them all")
    func pictures() async throws {
        let server = try await TestServer()
        let seeded = try await server.test.seed(pictures: 8000, spread: 0.002)
        let token = try await server.token(of: server.test.addAccount("boss", .admin))
        let tiles = Dictionary(grouping: seeded) { Self.tile(15, of: $0) }
        let (address, within) = try #require(tiles.max { $0.value.count < $1.value.count })
        try #require(within.count > 3000)
        let ids = Set(within.map(\.id.string))
        let few = try await server.run { try await $0.get("/api/map/\(address).mvt", token: token) }
        #expect(few.bytes.count <= Self.largest)
        let shown = try TileReader(few.bytes).ids("pictures")
        #expect((1000...3000).contains(shown.count))
        #expect(shown.isSubset(of: ids))
        var all: Set<String> = []
        for fine in Set(within.map { Self.tile(17, of: $0) }) {
            let answer = try await server.run { try await $0.get("/api/map/\(fine).mvt", token: token) }
            #expect(answer.bytes.count <= Self.largest)
            let tile = try TileReader(answer.bytes)
            #expect(!tile.ids("sequences").isEmpty)
            all.formUnion(tile.ids("pictures"))
        }
        #expect(all == ids)
    }

    @Test("of more lines than fit a tile has the longest")
    func lines() throws {
        let address = try #require(TileAddress(z: 12, x: 2074, y: 1408))
        let (side, unit) = (UInt32(1) << UInt32(Morton.zoom - 12), UInt32(1) << UInt32(Morton.zoom - 24))
        let lines = (0..<3000).map { index in
            let (x, y) = (UInt32(2074) * side, UInt32(1408) * side + UInt32(index) * unit)
            let width = UInt32(500 + index) * unit
            return MapSequence(
                id: SequenceID(), accountID: AccountID(stored: "a"), labelID: CameraLabelID(stored: "l"),
                capturedFrom: TestCatalogue.epoch, type: .flat,
                model: "HERO8", line: (0...60).map { MapPoint(x: x + width / 60 * UInt32($0), y: y) })
        }
        var drawing = MapDrawing()
        drawing.sequences = lines
        let bytes = VectorTile(address: address, drawing: drawing).bytes
        #expect((400_000...Self.largest).contains(bytes.count))
        let kept = try TileReader(bytes).ids("sequences")
        #expect((1000..<3000).contains(kept.count))
        #expect(kept == Set(lines.suffix(kept.count).map(\.id.string)))
    }

    private static func tile(_ z: Int, of picture: Seeded) -> String {
        let cell = Morton.cell(picture.position)
        return "\(z)/\(cell.x >> UInt32(Morton.zoom - z))/\(cell.y >> UInt32(Morton.zoom - z))"
    }
}
