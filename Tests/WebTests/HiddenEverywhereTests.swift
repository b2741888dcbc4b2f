import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import TestSupport
import Testing
import Web

/// Whatever hides or deletes something, on every route that reads; tiles are decoded.
@Suite("What is hidden or gone is so everywhere")
struct HiddenEverywhereTests {
    /// Routes that read, as the router has them, with a path to ask for.
    private static func routes(_ server: TestServer) throws -> [(name: String, route: RouteCase)] {
        let names = buildRouter(services: server.services).routes.map(\.name)
            .filter { $0.hasPrefix("GET ") || $0 == "POST /api/search" }
        return try Set(names).sorted().map { ($0, try #require(RouteTable.cases[$0], "\($0) is not classified")) }
    }

    /// Routes that show the picture to whoever sees it; the table says of the others what they show.
    private static let showing: Set<String> = [
        "GET /api/search", "POST /api/search", "GET /api/pictures/{picture}", "GET /api/pictures/{picture}/hd.jpg",
        "GET /api/pictures/{picture}/sd.jpg", "GET /api/pictures/{picture}/thumb.jpg",
        "GET /api/pictures/{picture}/tiled/{tile}.jpg", "GET /api/collections/{collection}/items",
        "GET /api/collections/{collection}/items/{picture}", "GET /api/map/{z}/{x}/{y}.mvt",
        "GET /api/map/{z}/{x}/{y}.pbf",
        "GET /api/map/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}", "GET /sequences/{sequence}",
        "GET /api/export", "GET /api/collections/{collection}/export",
    ]

    /// What a route says of the changed thing.
    private func shows(_ name: String, _ answer: Answer, _ scene: HiddenScene, _ secrets: [String]) throws -> Bool {
        if name.hasSuffix(".mvt") || name.hasSuffix(".pbf") || name.hasSuffix("{tileCol}") {
            guard answer.code == 200 else { return false }
            let tile = try TileReader(answer.bytes)
            return !(tile.ids("pictures").union(tile.ids("sequences"))).isDisjoint(with: secrets)
        }
        if name.contains("/pictures/"), name.hasSuffix(".jpg") { return answer.code < 400 }
        return secrets.contains { answer.text.contains($0) || "\(answer.headers)".contains($0) }
    }

    private func ask(
        _ asker: Asker, _ name: String, _ route: RouteCase, _ who: HiddenScene.Who, _ scene: HiddenScene,
        tag: String? = nil
    ) async throws -> Answer {
        let method: HTTPRequest.Method = name.hasPrefix("POST") ? .post : .get
        var headers: HTTPFields = [:]
        headers[.ifNoneMatch] = tag
        return try await asker.send(
            method, scene.fill(route.path), token: scene.tokens[who], headers: headers,
            body: route.body.map { Array($0.utf8) })
    }

    @Test("every read route shows it to exactly those who see it", arguments: HiddenScene.Change.allCases)
    func everywhere(change: HiddenScene.Change) async throws {
        let scene = try await HiddenScene()
        let routes = try Self.routes(scene.server)
        #expect(routes.count > 40)
        let tags = try await scene.server.run { asker in
            var tags: [String: String] = [:]
            for (name, route) in routes where Self.showing.contains(name) {
                tags[name] = try await ask(asker, name, route, .managerIn, scene).headers[.eTag]
            }
            return tags
        }
        #expect(tags.count >= 6)
        try await scene.perform(change)
        try await scene.server.run { asker in
            for who in HiddenScene.Who.allCases {
                for (name, route) in routes {
                    // Receipts are for who asked, and so is what can be taken back: they name what is gone.
                    if ["receipts", "removals", "/pictures/deleted"].contains(where: name.contains),
                        [.owner, .admin].contains(who)
                    {
                        continue
                    }
                    try await check(asker, name, route, who, scene, change, tag: tags[name])
                }
            }
        }
    }

    /// One route, asked by one of them after the change.
    private func check(
        _ asker: Asker, _ name: String, _ route: RouteCase, _ who: HiddenScene.Who, _ scene: HiddenScene,
        _ change: HiddenScene.Change, tag: String?
    ) async throws {
        let sees = change.isSeen(by: who)
        let answer = try await ask(asker, name, route, who, scene)
        let isShown = try shows(name, answer, scene, scene.secrets(change))
        if Self.showing.contains(name) {
            #expect(isShown == sees, "\(change) \(who) \(name): \(answer.code) \(answer.text.prefix(300))")
        }
        guard !sees else { return }
        #expect(!isShown, "\(change) \(who) \(name): \(answer.code) \(answer.text.prefix(300))")
        guard who == .managerIn, let tag else { return }
        let again = try await ask(asker, name, route, who, scene, tag: tag)
        #expect(again.code != 304, "\(change) \(name) is taken for unchanged")
    }

    @Test("counts, boxes and lines change with it", arguments: HiddenScene.Change.allCases)
    func counts(change: HiddenScene.Change) async throws {
        let scene = try await HiddenScene()
        try await scene.perform(change)
        for who in HiddenScene.Who.allCases where !(change == .deletedAccount && who == .owner) {
            let token = scene.tokens[who]
            let seesFirst = change.isSeen(by: who)
            let seesSecond = change.isOfAll ? seesFirst : who.hasGrant
            let expected = (seesFirst ? 1 : 0) + (seesSecond ? 1 : 0)
            for path in ["0/0/0", "3/4/2", "5/16/11"] {
                let answer = try await scene.server.run { try await $0.get("/api/map/\(path).mvt", token: token) }
                let cells = answer.code == 200 ? try TileReader(answer.bytes).layers["grid", default: []] : []
                let count = cells.compactMap { $0.attributes["nb_pictures"].flatMap { Int($0) } }.reduce(0, +)
                #expect(count == expected, "\(change) \(who) \(path)")
            }
            let collection = try await scene.server.run {
                try await $0.get("/api/collections/\(scene.sequence)", token: token)
            }
            let isListed = try await scene.server.run {
                try await $0.get("/api/collections", token: token).text.contains(scene.sequence.string)
            }
            #expect(isListed == (expected > 0), "\(change) \(who)")
            guard expected > 0 else { continue }
            #expect((collection.value("stats:items", "count") as? Int) == expected, "\(change) \(who)")
            let west = (collection.value("extent", "spatial", "bbox", "0", "0") as? NSNumber)?.doubleValue
            #expect(west == HiddenScene.places[seesFirst ? 0 : 1].longitude, "\(change) \(who)")
            let line = try await scene.server.run { try await $0.get("/api/map/14/8299/5636.mvt", token: token) }
            let lines = line.code == 200 ? try TileReader(line.bytes).ids("sequences") : []
            #expect(lines.contains(scene.sequence.string) == (expected == 2), "\(change) \(who)")
        }
    }

    @Test(
        "what was deleted and is taken back is seen again by those who saw it, and by nobody else",
        arguments: [HiddenScene.Change.deletedPictureForNow, .deletedSequenceForNow, .deletedSetForNow])
    func undone(change: HiddenScene.Change) async throws {
        let scene = try await HiddenScene()
        let routes = try Self.routes(scene.server)
        try await scene.perform(change)
        let removals = scene.server.test.catalogue.removals
        for removal in try await removals.list(before: nil, limit: 9, viewer: .system) {
            try await removals.restore(removal.id, by: .system)
        }
        try await scene.server.run { asker in
            for who in HiddenScene.Who.allCases {
                for (name, route) in routes {
                    try await check(asker, name, route, who, scene, .nothing, tag: nil)
                }
            }
        }
    }

    @Test("what is taken back is seen again")
    func back() async throws {
        let scene = try await HiddenScene()
        let routes = try Self.routes(scene.server).filter { Self.showing.contains($0.name) }
        try await scene.perform(.area)
        let areas = try await scene.server.test.catalogue.areas.list(onlyPublic: false)
        for area in areas { _ = try await scene.server.test.catalogue.areas.delete(area.id, of: nil) }
        try await scene.server.run { asker in
            for (name, route) in routes {
                let answer = try await ask(asker, name, route, .viewerIn, scene)
                #expect(try shows(name, answer, scene, scene.secrets(.area)), "\(name)")
            }
        }
    }
}
