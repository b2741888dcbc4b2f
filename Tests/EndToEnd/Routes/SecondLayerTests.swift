import Domain
import Foundation
import TestSupport
import Testing

@Suite("A second layer: from one built server to another", .timeLimit(.minutes(10)))
struct SecondLayerTests {
    private struct Item: Decodable, Sendable {
        struct Properties: Decodable, Sendable {
            let processing: String
            let label: String
            let datetime: String

            enum CodingKeys: String, CodingKey {
                case datetime
                case processing = "processing:lineage"
                case label = "wayside:camera_label"
            }
        }

        struct Geometry: Decodable, Sendable { let coordinates: [Double] }

        let properties: Properties
        let geometry: Geometry
    }

    private static func item(_ id: String, _ client: Client) async throws -> Item? {
        let answer = try await client.get("/api/pictures/\(id)")
        return answer.status == 200 ? try? JSONDecoder().decode(Item.self, from: answer.body) : nil
    }

    @Test("the receiver treats pictures by its own rules, tells both layers, and loses what is hidden or erased")
    func layers() async throws {
        let second = try BuiltServer(["WAYSIDE_INSTANCE_NAME": "Second"])
        try await second.start()
        try await second.wayside("label", "create", "CAM 01")
        try await second.wayside("account", "create", "layer", "--role", "field")
        try await second.wayside("label", "grant", "CAM 01", "layer")
        let token = try await second.wayside("token", "create", "layer")
        let boss = Client(second, token: try await second.wayside("token", "create", "admin"))
        let labels = try await boss.get("/api/camera_labels").decode(Labels.self).cameraLabels
        let masks = #"{"redaction_policy": {"masks": [[[0,0],[0.5,0],[0.5,0.5],[0,0.5]]]}}"#
        let changed = try await boss.send(
            "PATCH", "/api/camera_labels/\(labels[0].id)", headers: ["Content-Type": "application/json"],
            body: Data(masks.utf8))
        #expect(changed.status == 200)

        let run = try await RouteRun(["WAYSIDE_INSTANCE_NAME": "First"])
        let route = try await run.makeRoute(
            ["hd"], to: [#"{"kind": "wayside", "url": "\#(second.origin)", "secrets": {"token": "\#(token)"}}"#])
        var ids: [String] = []
        for index in 0..<3 {
            ids.append(try await run.batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg"))
        }
        try await run.batch.finish()
        try await run.drain(route)

        let field = Client(second, token: token)
        for id in ids {
            try await eventually { try await Self.item(id, field) != nil }
            let (here, there) = (try await Self.item(id, run.admin), try await Self.item(id, field))
            #expect(there?.properties.processing == "By “First”: \(Lineage.own) \(Lineage.own)")
            #expect(there?.properties.label == "CAM 01")
            #expect(there?.properties.datetime == here?.properties.datetime)
            #expect(there?.geometry.coordinates == here?.geometry.coordinates)
            let bytes = try await field.get("/api/pictures/\(id)/hd.jpg")
            let others = try await run.admin.get("/api/pictures/\(id)/hd.jpg")
            #expect(bytes.status == 200 && bytes.body != others.body)
        }
        // Killed and started: nothing is sent twice.
        try await run.server.kill()
        try await run.server.start()
        try await run.drain(route)
        #expect(try await field.get("/api/search?limit=100").decode(ItemsDocument.self).features.count == 3)

        try await run.server.wayside("account", "create", "watcher", "--role", "viewer")
        try await run.server.wayside("label", "grant", "CAM 01", "watcher")
        let watcher = Client(run.server, token: try await run.server.wayside("token", "create", "watcher"))
        let report = try await watcher.post(
            "/api/reports", json: #"{"issue": "privacy", "picture_id": "\#(ids[0])"}"#)
        #expect(report.status == 201)
        try await eventually { try await field.get("/api/pictures/\(ids[0])").status != 200 }
        #expect(try await field.get("/api/pictures/\(ids[1])").status == 200)
        #expect(try await run.batch.client.send("DELETE", "/api/upload_sets/\(run.batch.set)").status == 204)
        try await eventually {
            try await field.get("/api/search?limit=100").decode(ItemsDocument.self).features.isEmpty
        }
    }

    private struct Labels: Decodable, Sendable {
        struct Label: Decodable, Sendable { let id: String }

        let cameraLabels: [Label]
    }
}
