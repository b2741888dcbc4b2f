import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Nearest first")
struct NearestTests {
    private static let latitude = 48.85
    private static let middle = 2.3

    /// Panoramas east of the middle, the nearest taken first, so that neither order is the other one.
    private struct Scene {
        let server: TestServer
        let token: String
        let pictures: [String]

        init() async throws {
            server = try await TestServer()
            let label = try await server.test.addLabel("Alpha")
            let owner = try await server.test.addAccount("ada", .field, grants: [label])
            let steps = [0.000_05, 0.000_1, 0.000_15, 0.002]
            let made = steps.enumerated().map { index, step in
                TestPicture(
                    "\(index).jpg",
                    at: GeoPoint(longitude: NearestTests.middle + step, latitude: NearestTests.latitude),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index) * 60))
            }
            pictures = try await server.test.addPreparedPictures(made, by: owner, label: label).pictures.map(\.string)
            token = try await server.token(of: owner)
        }

        func get(_ path: String) async throws -> Answer {
            try await server.run { try await $0.get(path, token: token) }
        }
    }

    @Test(
        "who asks about a small place gets what is nearest first, page by page, and back again",
        arguments: ["bbox=2.297,48.847,2.303,48.853", "intersects=AREA"])
    func small(place: String) async throws {
        let scene = try await Scene()
        let area =
            #"{"type":"Polygon","coordinates":[[[2.297,48.847],[2.303,48.847],[2.303,48.853],[2.297,48.853],[2.297,48.847]]]}"#
        let text = area.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let query = place.replacing("AREA", with: text)
        var (found, answer) = ([String](), try await scene.get("/api/search?limit=1&\(query)"))
        found += answer.ids(of: "features")
        while let next = answer.target("next") {
            answer = try await scene.get(next)
            found += answer.ids(of: "features")
        }
        #expect(found == scene.pictures)
        let back = try await scene.get(try #require(answer.target("prev")))
        #expect(back.ids(of: "features") == [scene.pictures[2]])
        let posted = try await scene.server.run {
            try await $0.post("/api/search", json: #"{"bbox":[2.297,48.847,2.303,48.853]}"#, token: scene.token)
        }
        #expect(posted.ids(of: "features") == scene.pictures)
    }

    @Test("what looks at a place comes nearest first too")
    func looking() async throws {
        let scene = try await Scene()
        let place = "place_position=2.3,48.85&place_distance=1-15&place_fov_tolerance=180"
        #expect(try await scene.get("/api/search?\(place)").ids(of: "features") == Array(scene.pictures[0...2]))
    }

    @Test("who names an order gets that one; a wide box and no place at all are newest first")
    func others() async throws {
        let scene = try await Scene()
        let newest = Array(scene.pictures.reversed())
        for query in [
            "bbox=2.297,48.847,2.303,48.853&sortby=-datetime", "bbox=2,48,3,49", "", "bbox=2.297,48,2.303,49",
        ] {
            #expect(try await scene.get("/api/search?\(query)").ids(of: "features") == newest, "\(query)")
        }
        // It is no property that a client could name.
        #expect(try await scene.get("/api/search?sortby=@nearest").code == 400)
    }
}
