import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What alerts know of routes")
struct TroubleTests {
    private func findings(_ test: TestCatalogue, after seconds: TimeInterval) async throws -> [AlertFinding] {
        let limit = Date().addingTimeInterval(seconds)
        return try await test.catalogue.destinations
            .troubles(waitingSince: limit, windowed: limit.addingTimeInterval(-86_400)).flatMap(\.findings)
    }

    @Test("a mirror that is down, and what waits for too long, are found, destination by destination")
    func findings() async throws {
        let test = try await TestCatalogue()
        let label = try await test.addLabel("CAM-7")
        let owner = try await test.addAccount("olga", .field, grants: [label])
        let places = ["/a", "/b"].map { RouteDestination(configuration: .directory(DirectoryPlace(path: $0))) }
        let route = try await test.catalogue.routes.create(
            Route(name: "mirrors", labels: [label.id], contents: [.hd], destinations: places))
        try await test.addPreparedPictures([TestPicture(), TestPicture()], by: owner, label: label)
        #expect(try await findings(test, after: -60).allSatisfy { $0.isTrouble == false })
        let late = try await findings(test, after: 60).filter { $0.isTrouble == true }
        #expect(late.map(\.topic.kind) == [.deliveryBehind, .deliveryBehind])
        #expect(late.map { $0.details["destination"] } == ["/a", "/b"])
        #expect(late.allSatisfy { $0.details["pictures"] == "2" && $0.details["route"] == "mirrors" })

        try await test.catalogue.destinations.down(
            route.id, 2, reason: "The disk is full.", at: .now, retry: .now.addingTimeInterval(60))
        let down = try await findings(test, after: -60).filter { $0.isTrouble == true }
        #expect(down.map(\.topic) == [AlertTopic(.destinationDown, "\(route.id)/2")])
        #expect(down[0].details["reason"] == "The disk is full." && down[0].grace > 0)
        try await test.catalogue.destinations.up(route.id, 2)
        #expect(try await findings(test, after: -60).allSatisfy { $0.isTrouble == false })

        // At night only: what waits since this morning is not late.
        _ = try await test.catalogue.routes.change(route.id) {
            $0.window = try DeliveryWindow(from: "22:00", to: "06:00")
        }
        #expect(try await findings(test, after: 60).allSatisfy { $0.isTrouble == false })
        #expect(try await findings(test, after: 90_000).contains { $0.isTrouble == true })
        _ = try await test.catalogue.routes.change(route.id) { $0.isEnabled = false }
        #expect(try await findings(test, after: 90_000).isEmpty)
    }
}
