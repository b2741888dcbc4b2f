import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Vector tiles")
struct TileTests {
    private static let finest = "/api/map/15/16598/11273.mvt"

    @Test("a tile holds exactly the pictures that its viewer may see")
    func perViewer() async throws {
        let server = try await TestServer()
        let test = server.test
        let (alpha, beta) = (try await test.addLabel("Alpha"), try await test.addLabel("Beta"))
        let anna = try await test.addAccount("anna", .field, grants: [alpha])
        let bert = try await test.addAccount("bert", .viewer, grants: [beta])
        let boss = try await test.addAccount("boss", .admin)
        let chris = try await test.addAccount("chris", .field, grants: [beta])
        let first = try await test.addPreparedPicture(by: anna, label: alpha)
        let second = try await test.addPreparedPicture(by: chris, label: beta)
        let hidden = try await test.addPreparedPicture(by: chris, label: beta, visibility: .ownerOnly)
        let expected: [(Account, Set<PictureID>)] = [
            (anna, [first]), (bert, [second]), (chris, [second, hidden]), (boss, [first, second, hidden]),
        ]
        for (account, pictures) in expected {
            let token = try await server.token(of: account)
            let answer = try await server.run { try await $0.get(Self.finest, token: token) }
            #expect(answer.headers[.contentType] == "application/vnd.mapbox-vector-tile")
            let tile = try TileReader(answer.bytes)
            #expect(tile.ids("pictures") == Set(pictures.map(\.string)), "\(account.name)")
            // A sequence of one picture has no line.
            #expect(tile.ids("sequences").isEmpty)
        }
    }

    @Test("a point carries what editors read, at the right place")
    func attributes() async throws {
        let street = try await Street(.viewerIn)
        let answer = try await street.server.run { try await $0.get(Self.finest, token: street.token) }
        let tile = try TileReader(answer.bytes)
        let feature = try #require(tile.layers["pictures"]?.first)
        #expect(tile.extents["pictures"] == 4096)
        #expect(feature.type == 1)
        #expect(feature.attributes["sequences"] == "[\"\(street.sequence)\"]")
        #expect(feature.attributes["first_sequence"] == street.sequence.string)
        #expect(feature.attributes["account_id"] == street.owner.id.string)
        #expect(feature.attributes["label_id"] == street.label.id.string)
        #expect(feature.attributes["type"] == "equirectangular")
        #expect(feature.attributes["model"] == "MAX")
        #expect(feature.attributes["heading"].flatMap(Double.init) == 90)
        #expect(feature.attributes["ts"] == "2026-06-01T10:00:00Z")
        // 2.3522° E, 48.8566° N in tile 15/16598/11273, worked out by hand from the Web Mercator formulas.
        let x = ((2.3522 + 180) / 360 * 32768 - 16598) * 4096
        let latitude = 48.8566 * Double.pi / 180
        let y = ((1 - log(tan(latitude) + 1 / cos(latitude)) / Double.pi) / 2 * 32768 - 11273) * 4096
        let point = try #require(feature.points.first)
        #expect(abs(Double(point.x) - x) <= 1 && abs(Double(point.y) - y) <= 1)
    }

    @Test("sequences are lines, cut at the tile with a margin; the overview counts pictures")
    func linesAndGrid() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Alpha")
        let anna = try await server.test.addAccount("anna", .field, grants: [label])
        let pictures = (0..<50).map { index in
            TestPicture(
                "P\(index).JPG", at: GeoPoint(longitude: 2.30 + Double(index) * 0.002, latitude: 48.85),
                capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)))
        }
        let added = try await server.test.addPreparedPictures(pictures, by: anna, label: label)
        let first = try #require(added.pictures.first)
        let sequence = try await server.test.catalogue.pictures.find(first, viewer: .system)?.sequenceID
        let token = try await server.token(of: anna)
        let fine = try await server.run { try await $0.get("/api/map/14/8299/5637.mvt", token: token) }
        let tile = try TileReader(fine.bytes)
        #expect(tile.ids("sequences") == [sequence?.string ?? "none"])
        let line = try #require(tile.layers["sequences"]?.first)
        #expect(line.type == 2)
        #expect(line.attributes["date"] == "2026-06-01")
        #expect(line.points.count > 1)
        #expect(line.points.allSatisfy { (-128...4224).contains($0.x) && (-128...4224).contains($0.y) })
        let overview = try await server.run { try await $0.get("/api/map/0/0/0.mvt", token: token) }
        let grid = try TileReader(overview.bytes)
        let counts = grid.layers["grid", default: []].compactMap { $0.attributes["nb_pictures"].flatMap { Int($0) } }
        #expect(counts.reduce(0, +) == 50)
        #expect(grid.layers["grid"]?.first?.points.count == 4)
    }

    @Test("an empty tile is a success without a body")
    func empty() async throws {
        let street = try await Street(.viewerOut)
        let answer = try await street.server.run { try await $0.get(Self.finest, token: street.token) }
        #expect(answer.code == 204)
        #expect(answer.bytes.isEmpty)
    }

    @Test("a tile that has not changed is not sent again, and one that has is", arguments: ["15/16598/11273", "3/4/2"])
    func conditional(path: String) async throws {
        let street = try await Street(.viewerIn)
        let uri = "/api/map/\(path).mvt"
        let tag = try #require(
            try await street.server.run { try await $0.get(uri, token: street.token) }.headers[.eTag])
        let again = try await street.server.run {
            try await $0.get(uri, token: street.token, headers: [.ifNoneMatch: tag])
        }
        #expect(again.code == 304)
        try await street.server.test.catalogue.pictures.delete(street.picture)
        let later = try await street.server.run {
            try await $0.get(uri, token: street.token, headers: [.ifNoneMatch: tag])
        }
        #expect(later.code == 204)
    }

    @Test("there is no tile outside the world", arguments: ["18/0/0", "3/8/0", "3/0/8", "-1/0/0", "3/x/0", "3/0/0x"])
    func outside(path: String) async throws {
        let street = try await Street(.viewerIn)
        let answer = try await street.server.run { try await $0.get("/api/map/\(path).mvt", token: street.token) }
        #expect(answer.code == 404)
    }

    @Test("a tile above 1 KiB is compressed for who can read that, and its tag says so")
    func compressed() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Alpha")
        let anna = try await server.test.addAccount("anna", .field, grants: [label])
        try await server.test.addPreparedPictures(
            (0..<40).map { TestPicture("P\($0).JPG") }, by: anna, label: label)
        let token = try await server.token(of: anna)
        let plain = try await server.run { try await $0.get(Self.finest, token: token) }
        let packed = try await server.run {
            try await $0.get(Self.finest, token: token, headers: [.acceptEncoding: "br, gzip;q=0.5"])
        }
        let star = try await server.run {
            try await $0.get(Self.finest, token: token, headers: [.acceptEncoding: "*"])
        }
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.bytes.count < plain.bytes.count)
        #expect(try Gunzip.bytes(packed.bytes) == plain.bytes)
        #expect(packed.headers[.eTag] != plain.headers[.eTag])
        #expect(packed.headers[.vary]?.contains("Accept-Encoding") == true)
        #expect(star.headers[.contentEncoding] == nil)
        let tag = try #require(packed.headers[.eTag])
        let again = try await server.run {
            try await $0.get(Self.finest, token: token, headers: [.acceptEncoding: "gzip", .ifNoneMatch: tag])
        }
        #expect(again.code == 304)
    }
}
