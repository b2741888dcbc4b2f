import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Whose tiles, and what describes them")
struct TileChoiceTests {
    private static let place = "15/16598/11273"

    /// Two labels with a picture each, one reader who has both, and one who has the first alone.
    private struct Scene {
        let server: TestServer
        let alpha: CameraLabel
        let beta: CameraLabel
        let anna: Account
        let bert: Account
        let first: PictureID
        let second: PictureID
        let all: String
        let some: String

        init() async throws {
            server = try await TestServer()
            let test = server.test
            (alpha, beta) = (try await test.addLabel("Alpha"), try await test.addLabel("Beta"))
            anna = try await test.addAccount("anna", .field, grants: [alpha])
            bert = try await test.addAccount("bert", .field, grants: [beta])
            let reader = try await test.addAccount("reader", .viewer, grants: [alpha, beta])
            first = try await test.addPreparedPicture(by: anna, label: alpha)
            second = try await test.addPreparedPicture(by: bert, label: beta)
            all = try await server.token(of: reader)
            some = try await server.token(of: anna)
        }

        func pictures(_ path: String, _ token: String) async throws -> Set<String> {
            let answer = try await server.run { try await $0.get(path, token: token) }
            #expect([200, 204].contains(answer.code), "\(path): \(answer.code)")
            return answer.code == 204 ? [] : try TileReader(answer.bytes).ids("pictures")
        }
    }

    @Test("tiles of an account and of a label hold theirs alone, and of those only what the viewer may see")
    func choices() async throws {
        let scene = try await Scene()
        let (first, second) = (scene.first.string, scene.second.string)
        #expect(try await scene.pictures("/api/map/\(Self.place).mvt", scene.all) == [first, second])
        #expect(try await scene.pictures("/api/users/\(scene.bert.id)/map/\(Self.place).mvt", scene.all) == [second])
        #expect(try await scene.pictures("/api/users/\(scene.bert.id)/map/\(Self.place).pbf", scene.some) == [])
        #expect(try await scene.pictures("/api/users/me/map/\(Self.place).mvt", scene.all) == [])
        #expect(try await scene.pictures("/api/users/me/map/\(Self.place).mvt", scene.some) == [first])
        #expect(
            try await scene.pictures("/api/camera_labels/\(scene.beta.id)/map/\(Self.place).mvt", scene.all) == [second]
        )
    }

    @Test("an account that does not exist looks like one without pictures; a label without a grant is not there")
    func unknown() async throws {
        let scene = try await Scene()
        let nobody = AccountID()
        #expect(try await scene.pictures("/api/users/\(nobody)/map/\(Self.place).mvt", scene.some) == [])
        for path in ["\(Self.place).mvt", "style.json", "tiles.json"] {
            let hidden = "/api/camera_labels/\(scene.beta.id)/map/\(path)"
            let answer = try await scene.server.run { try await $0.get(hidden, token: scene.some) }
            #expect(answer.code == 404, "\(path)")
            let strange = try await scene.server.run { try await $0.get("/api/users/x/map/\(path)", token: scene.some) }
            #expect(strange.code == 404, "\(path)")
        }
    }

    @Test("a tile that was drawn before is never shown once its picture is hidden, and never to somebody else")
    func remembered() async throws {
        let scene = try await Scene()
        let path = "/api/map/\(Self.place).mvt"
        let (first, second) = (scene.first.string, scene.second.string)
        for _ in 0..<2 {
            #expect(try await scene.pictures(path, scene.all) == [first, second])
            #expect(try await scene.pictures(path, scene.some) == [first])
        }
        try await scene.server.test.catalogue.pictures.setVisibility(scene.first, .ownerOnly)
        #expect(try await scene.pictures(path, scene.all) == [second])
        #expect(try await scene.pictures(path, scene.some) == [first])
        try await scene.server.test.catalogue.labels.grant(scene.beta.id, to: scene.anna.id)
        #expect(try await scene.pictures(path, scene.some) == [first, second])
        try await scene.server.test.catalogue.labels.withdraw(scene.beta.id, from: scene.anna.id)
        #expect(try await scene.pictures(path, scene.some) == [first])
    }

    @Test("pictures are points at zoom 15, and at 13 and 14 for who asks")
    func onRequest() async throws {
        let scene = try await Scene()
        #expect(try await scene.pictures("/api/map/14/8299/5636.mvt", scene.all) == [])
        #expect(try await scene.pictures("/api/map/14/8299/5636.mvt?pictures=14", scene.all).count == 2)
        #expect(try await scene.pictures("/api/map/13/4149/2818.mvt?pictures=14", scene.all) == [])
        #expect(try await scene.pictures("/api/map/13/4149/2818.mvt?pictures=13", scene.all).count == 2)
        // Further in than zoom 15 for towns that do not fit into it, lines and points alike.
        #expect(try await scene.pictures("/api/map/17/66392/45092.mvt", scene.all).count == 2)
        let answer = try await scene.server.run {
            try await $0.get("/api/map/13/4149/2818.mvt?pictures=12", token: scene.all)
        }
        #expect(answer.code == 400)
    }

    @Test("a style and a TileJSON name the tiles that they are for")
    func documents() async throws {
        let scene = try await Scene()
        for base in ["api", "api/users/me", "api/users/\(scene.bert.id)", "api/camera_labels/\(scene.alpha.id)"] {
            let style = try await scene.server.run { try await $0.get("/\(base)/map/style.json", token: scene.all) }
            #expect(style.code == 200)
            #expect(style.text.contains("/\(base)/map/{z}/{x}/{y}.mvt"), "\(base)")
            let tiles = try await scene.server.run { try await $0.get("/\(base)/map/tiles.json", token: scene.all) }
            #expect(tiles.text.contains("\"tilejson\":\"3.0.0\""))
            #expect(tiles.text.contains("/\(base)/map/{z}/{x}/{y}.mvt"), "\(base)")
            for layer in ["grid", "sequences", "pictures"] { #expect(tiles.text.contains("\"id\":\"\(layer)\"")) }
        }
    }

    @Test("OGC API Tiles: from the landing page over the tileset to the same tile, row before column")
    func tileset() async throws {
        let scene = try await Scene()
        func get(_ path: String) async throws -> Answer {
            try await scene.server.run { try await $0.get(path, token: scene.all) }
        }
        #expect(try await get("/api").text.contains("/api/map/tiles\""))
        #expect(try await get("/api/map/tiles").text.contains("/api/map/tiles/WebMercatorQuad\""))
        let tileset = try await get("/api/map/tiles/WebMercatorQuad")
        #expect(tileset.text.contains("/api/map/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"))
        let matrices = try await get("/api/tileMatrixSets/WebMercatorQuad")
        #expect(matrices.text.contains("\"matrixWidth\":32768"))
        #expect(matrices.text.contains("\"scaleDenominator\":559082264.02"))
        #expect(try await get("/api/tileMatrixSets").text.contains("\"id\":\"WebMercatorQuad\""))
        let tile = try await get("/api/map/tiles/WebMercatorQuad/15/11273/16598")
        #expect(tile.bytes == (try await get("/api/map/\(Self.place).mvt")).bytes)
        for path in ["map/tiles/Other", "map/tiles/WebMercatorQuad/18/0/0", "tileMatrixSets/Other"] {
            #expect(try await get("/api/\(path)").code == 404, "\(path)")
        }
    }
}
