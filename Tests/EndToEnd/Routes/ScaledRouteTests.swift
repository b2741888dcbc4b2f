import Domain
import Foundation
import TestSupport
import Testing

@Suite("Scaled-down copies", .timeLimit(.minutes(10)))
struct ScaledRouteTests {
    private struct Item: Decodable {
        struct Properties: Decodable { let datetime: String }
        struct Geometry: Decodable { let coordinates: [Double] }
        let properties: Properties
        let geometry: Geometry
    }

    @Test("scenario 4: the archive keeps full size, and what goes out fits, with its shape, its place and its time")
    func scaled() async throws {
        let remote = try await RcloneServer(.sftp)
        let run = try await RouteRun(originals: "keep")
        let archive = run.server.folder.file("archive")
        let full = try await run.makeRoute(["original"], to: [RouteRun.folder(archive)], named: "Archive")
        let small = try await run.makeRoute(["1920x1280"], to: [try remote.destination()], named: "Partner")
        var wide = TestJPEG.drive(0)
        (wide.width, wide.height) = (3840, 2160)
        var tall = TestJPEG.drive(1)
        (tall.width, tall.height) = (1200, 2560)
        var ids: [String] = []
        for (index, jpeg) in [wide, tall].enumerated() {
            ids.append(try await run.batch.send(jpeg.data(), name: "\(index).jpg"))
        }
        try await run.batch.finish()
        try await run.drain(full)
        try await run.drain(small)
        #expect(Set(try RouteRun.hashes(archive).values) == [RouteRun.hash(wide.data()), RouteRun.hash(tall.data())])

        for (id, size) in zip(ids, [(1920, 1080), (600, 1280)]) {
            let names = DataFolder(path: remote.root).files().filter { $0.contains(id) }
            let copy = try Data(contentsOf: URL(filePath: "\(remote.root)/\(try #require(names.first))"))
            let pixels = try Pixels(copy)
            #expect((pixels.width, pixels.height) == size && names.count == 1)
            // A server that is sent the copy finds the same place and time in it.
            try await run.server.wayside("label", "create", "COPY \(size.0)", "--redaction", "none", "--confirm")
            let set = try await run.admin.post(
                "/api/upload_sets", json: #"{"title": "copies", "camera_label": "COPY \#(size.0)"}"#)
            let batch = Batch(server: run.server, client: run.admin, set: try set.decode(SetDocument.self).id)
            let again = try await batch.send(copy, name: "copy.jpg")
            try await batch.finish()
            let (one, two): (Item, Item) = (
                try await run.admin.get("/api/pictures/\(id)").decode(),
                try await run.admin.get("/api/pictures/\(again)").decode()
            )
            #expect(one.properties.datetime == two.properties.datetime)
            for (first, second) in zip(one.geometry.coordinates, two.geometry.coordinates) {
                #expect(abs(first - second) < 1e-6)
            }
        }
    }
}
