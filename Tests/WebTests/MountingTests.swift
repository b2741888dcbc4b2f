import Catalogue
import Domain
import HTTPTypes
import TestSupport
import Testing

@Suite("How a label's camera is mounted")
struct MountingTests {
    @Test("a batch that says nothing of directions takes the label's; one that does keeps its own")
    func relativeHeading() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Side")
        let driver = try await server.token(of: server.test.addAccount("anna", .field, grants: [label]))
        let admin = try await server.token(of: server.addAccount("root", .admin))
        try await server.run { asker in
            let mounting = "/api/camera_labels/\(label.id)/mounting"
            #expect(try await asker.get(mounting, token: driver).code == 404)
            let set = try await asker.send(
                .put, mounting, token: admin, body: Array(#"{"relative_heading":90,"clock_zone":"UTC"}"#.utf8))
            #expect(set.code == 200 && set.value("relative_heading") as? Double == 90)
            let usual = try await asker.post("/api/upload_sets", json: #"{"title":"a"}"#, token: driver)
            #expect(usual.value("relative_heading") as? Double == 90)
            let own = try await asker.post(
                "/api/upload_sets", json: #"{"title":"b","relative_heading":-10}"#, token: driver)
            #expect(own.value("relative_heading") as? Double == -10)
            let treated = try await server.test.catalogue.labels.find(label.id, viewer: .system)
            #expect(treated?.mounting.clockZone == "UTC")

            for wrong in [#"{"relative_heading":181}"#, #"{"clock_zone":"Paris"}"#] {
                #expect(try await asker.send(.put, mounting, token: admin, body: Array(wrong.utf8)).code == 422)
            }
            let kept = try await asker.get(mounting, token: admin)
            #expect(kept.value("relative_heading") as? Double == 90)
            let none = try await asker.send(.put, mounting, token: admin, body: Array("{}".utf8))
            #expect(none.code == 200 && none.value("relative_heading") as? Double == nil)
        }
    }
}
