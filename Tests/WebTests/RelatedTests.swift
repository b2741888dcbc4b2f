import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("From one sequence to another")
struct RelatedTests {
    private static let here = GeoPoint(longitude: 2.3, latitude: 48.85)
    /// A metre to the east.
    private static let metre = 0.000_013_66

    private struct Scene {
        let server: TestServer
        let owner: Account
        let label: CameraLabel
        let token: String
        let picture: PictureID

        init(type: PictureType = .flat) async throws {
            server = try await TestServer()
            label = try await server.test.addLabel("Alpha")
            owner = try await server.test.addAccount("ada", .field, grants: [label])
            token = try await server.token(of: try await server.test.addAccount("reader", .viewer, grants: [label]))
            picture = try await server.test.addPreparedPicture(
                TestPicture("a.jpg", at: RelatedTests.here, heading: 10, type: type), by: owner, label: label)
        }

        /// Another sequence with pictures so many metres off.
        @discardableResult
        func add(
            metres: [Double], heading: Double? = 10, label: CameraLabel? = nil, by account: Account? = nil
        ) async throws -> [PictureID] {
            let tests = metres.enumerated().map { index, east in
                TestPicture(
                    "\(index).jpg",
                    at: GeoPoint(
                        longitude: RelatedTests.here.longitude + east * RelatedTests.metre,
                        latitude: RelatedTests.here.latitude),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)), heading: heading)
            }
            return try await server.test.addPreparedPictures(
                tests, by: account ?? owner, label: label ?? self.label
            ).pictures
        }

        func related() async throws -> [String] {
            let answer = try await server.run { try await $0.get("/api/pictures/\(picture)", token: token) }
            #expect(answer.code == 200)
            return answer.links("related").compactMap { $0["id"] as? String }
        }
    }

    @Test("an item links to the nearest picture of each other sequence close by, with place and time")
    func nearest() async throws {
        let scene = try await Scene()
        let far = try await scene.add(metres: [12, 9, 14])
        let near = try await scene.add(metres: [40, 3])
        try await scene.add(metres: [16])
        #expect(try await scene.related() == [near[1].string, far[1].string])
        let answer = try await scene.server.run {
            try await $0.get("/api/pictures/\(scene.picture)", token: scene.token)
        }
        let link = try #require(answer.links("related").first)
        #expect(link["datetime"] as? String == RFC3339.string(TestCatalogue.epoch.addingTimeInterval(1)))
        #expect((link["geometry"] as? [String: Any])?["type"] as? String == "Point")
        let followed = try await scene.server.run {
            try await $0.get(try #require(answer.target("related")), token: scene.token)
        }
        #expect(followed.string("id") == near[1].string)
    }

    @Test("a flat picture that looks another way is left out; a panorama looks everywhere")
    func turned() async throws {
        for (type, expected) in [(PictureType.flat, 3), (.equirectangular, 4)] {
            let scene = try await Scene(type: type)
            for heading in [265, 271, 110, nil] as [Double?] { try await scene.add(metres: [5], heading: heading) }
            #expect(try await scene.related().count == expected)
        }
    }

    @Test("what one may not see is not linked to")
    func hidden() async throws {
        let scene = try await Scene()
        let shown = try await scene.add(metres: [5])
        let other = try await scene.server.test.addLabel("Beta")
        try await scene.add(
            metres: [4], label: other, by: try await scene.server.test.addAccount("bob", .field, grants: [other]))
        #expect(try await scene.related() == [shown[0].string])
        try await scene.server.test.catalogue.pictures.setVisibility(shown[0], .ownerOnly)
        #expect(try await scene.related() == [])
    }
}
