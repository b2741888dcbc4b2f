import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// Changing items and collections, with and without `If-Match` (RFC 9110 §13.1.1).
@Suite("Changing items and collections")
struct EditTests {
    /// A sequence of three pictures, 20 m and 10 s apart towards the north.
    private struct Scene {
        let server: TestServer
        let pictures: [PictureID]
        let sequence: SequenceID
        let token: String
        let reader: String
        let owner: Account

        var item: String { "/api/collections/\(sequence)/items/\(pictures[0])" }
        var collection: String { "/api/collections/\(sequence)" }

        init() async throws {
            server = try await TestServer()
            let label = try await server.test.addLabel("Alpha")
            owner = try await server.test.addAccount("owner", .field, grants: [label])
            let trip = (0..<3).map { index in
                TestPicture(
                    "c\(3 - index).jpg", at: GeoPoint(longitude: 2, latitude: 48 + Double(index) * 0.00018),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index) * 10), heading: nil)
            }
            pictures = try await server.test.addPreparedPictures(trip, by: owner, label: label).pictures
            let first = try await server.test.catalogue.pictures.find(pictures[0], viewer: .system)
            sequence = try #require(first?.sequenceID)
            token = try await server.token(of: owner)
            reader = try await server.token(of: try await server.test.addAccount("reader", .viewer, grants: [label]))
        }

        func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
            try await server.run { try await $0.get(path, token: token, headers: headers) }
        }

        func send(
            _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, match: String? = nil,
            type: String? = nil
        ) async throws -> Answer {
            var headers: HTTPFields = [:]
            if let match { headers[.ifMatch] = match }
            if let type { headers[.contentType] = type }
            return try await server.run { [headers] asker in
                try await asker.send(method, path, token: token, headers: headers, body: json.map { Array($0.utf8) })
            }
        }
    }

    @Test("an edit with the tag that was read succeeds, with an older one it changes nothing")
    func matching() async throws {
        let scene = try await Scene()
        for (path, change) in [
            (scene.collection, #"{"title":"renamed"}"#), (scene.item, #"{"heading":12.5}"#),
        ] {
            let before = try await scene.get(path)
            let tag = try #require(before.headers[.eTag])
            #expect(try await scene.get(path, headers: [.ifNoneMatch: tag]).code == 304)
            for wrong in ["\"other\"", "W/\(tag)", "other"] {
                #expect(try await scene.send(.patch, path, change, match: wrong).code == 412, "\(wrong)")
            }
            #expect(try await scene.get(path).bytes == before.bytes, "nothing was changed")
            let done = try await scene.send(.patch, path, change, match: "\"other\", \(tag)")
            #expect(done.code == 200)
            let fresh = try #require(done.headers[.eTag])
            #expect(fresh != tag)
            #expect(try await scene.get(path).headers[.eTag] == fresh)
            let late = try await scene.send(.patch, path, change, match: tag)
            #expect(late.code == 412 && late.string("code") == "preconditionFailed")
            #expect(try await scene.send(.delete, path, match: tag).code == 412)
            #expect(try await scene.send(.patch, path, change, match: "*").code == 200)
        }
        let tag = try #require(try await scene.get(scene.item).headers[.eTag])
        #expect(try await scene.send(.delete, scene.item, match: tag).code == 204)
        #expect(try await scene.send(.delete, scene.item, match: "*").code == 404)
        // Panoramax clients say nothing of versions.
        #expect(try await scene.send(.delete, scene.collection).code == 204)
    }

    @Test("of two who edit what both have read, one is refused")
    func race() async throws {
        let scene = try await Scene()
        let tag = try #require(try await scene.get(scene.collection).headers[.eTag])
        let codes = try await withThrowingTaskGroup(of: Int.self) { group in
            for name in ["one", "two", "three", "four"] {
                group.addTask {
                    try await scene.send(.patch, scene.collection, #"{"title":"\#(name)"}"#, match: tag).code
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }.sorted()
        }
        #expect(codes == [200, 412, 412, 412])
    }

    @Test("the compressed form has a tag of its own, which holds for an edit as well")
    func compressed() async throws {
        let scene = try await Scene()
        let tag = try #require(
            try await scene.get(scene.item, headers: [.acceptEncoding: "gzip"]).headers[.eTag])
        #expect(tag.hasSuffix("-gzip\""))
        #expect(try await scene.send(.patch, scene.item, #"{"roll":1}"#, match: tag).code == 200)
    }

    @Test("a correction of place, time and view shows in the item, the search and the tile at once")
    func correction() async throws {
        let scene = try await Scene()
        let change = """
            {"heading": 360, "pitch": "-3.5", "roll": 2, "longitude": 7.75, "latitude": 48.58, \
            "capture_time": "2026-05-31T14:00:00+02:00", "semantics": [{"key": "a", "value": "b"}]}
            """
        let done = try await scene.send(.patch, scene.item, change)
        #expect(done.code == 200, "\(done.text)")
        #expect(done.value("geometry", "coordinates") as? [Double] == [7.75, 48.58])
        #expect(done.string("properties", "datetime") == "2026-05-31T12:00:00Z")
        #expect(done.value("properties", "view:azimuth") as? Double == 0)
        #expect(done.value("properties", "wayside:pitch") as? Double == -3.5)
        #expect(done.value("properties", "wayside:heading_computed") as? Bool == false)
        #expect(done.string("properties", "semantics", "0", "key") == "a")
        let found = try await scene.get("/api/search?bbox=7.7,48.5,7.8,48.6")
        #expect(found.ids(of: "features") == [scene.pictures[0].string])
        let box = try await scene.get(scene.collection).value("extent", "spatial", "bbox", "0") as? [Double]
        #expect(box?[2] == 7.75)
        let left = try await scene.get("/api/search?bbox=1.9,47.9,2.1,48.1")
        #expect(left.ids(of: "features").count == 2)
        let audit = try await scene.server.test.catalogue.audit.list(before: nil, limit: 10)
        #expect(audit.contains { $0.action == "picture.corrected" && $0.details["what"]?.contains("position") == true })
    }

    @Test(
        "a wrong value is refused with its rule, and nothing of the edit is done",
        arguments: [
            #"{"heading":361}"#, #"{"longitude":2}"#, #"{"longitude":200,"latitude":0}"#, #"{"pitch":91}"#,
            #"{"capture_time":"2026-05-31 12:00"}"#, #"{"visibility":"all"}"#, #"{"visibility":"anyone"}"#,
            #"{"roll":1,"semantics":[{"action":"delete","key":"no","value":"such"}]}"#,
        ])
    func refused(change: String) async throws {
        let scene = try await Scene()
        let before = try await scene.get(scene.item)
        let answer = try await scene.send(.patch, scene.item, change)
        #expect([400, 422].contains(answer.code) && answer.string("detail")?.isEmpty == false, "\(answer.text)")
        #expect(try await scene.get(scene.item).bytes == before.bytes)
        let malformed = try await scene.send(.patch, scene.item, #"{"heading":"north"}"#)
        #expect(malformed.code == 400 && malformed.string("detail")?.contains("heading") == true)
    }

    @Test("a picture is not moved to where no pictures may be shown")
    func excluded() async throws {
        let scene = try await Scene()
        let shape = try GeoShape(coordinates: [[[[7, 48], [8, 48], [8, 49], [7, 48]]]])
        _ = try await scene.server.test.catalogue.areas.add(ExcludedArea(label: "yard", shape: shape))
        let answer = try await scene.send(.patch, scene.item, #"{"longitude":7.9,"latitude":48.5}"#)
        #expect(answer.code == 422 && answer.text.contains("no pictures may be shown"))
        #expect(try await scene.get("/api/search?bbox=7,48,8,49").ids(of: "features").isEmpty)
    }

    @Test("old clients send forms and 'visible'")
    func forms() async throws {
        let scene = try await Scene()
        let form = "application/x-www-form-urlencoded"
        let hidden = try await scene.send(.patch, scene.item, "visible=false&heading=45", type: form)
        #expect(hidden.code == 200 && hidden.string("properties", "geovisio:visibility") == "owner-only")
        #expect(hidden.value("properties", "view:azimuth") as? Double == 45)
        let reader = { try await scene.server.run { try await $0.get(scene.item, token: scene.reader).code } }
        #expect(try await reader() == 404)
        #expect(try await scene.send(.patch, scene.item, #"{"visible":"true"}"#).code == 200)
        #expect(try await reader() == 200)
    }

    @Test("a collection is sorted anew, and its headings follow the movement when that is asked for")
    func arranging() async throws {
        let scene = try await Scene()
        func order() async throws -> [String] {
            try await scene.get("\(scene.collection)/items").ids(of: "features")
        }
        let names = scene.pictures.map(\.string)
        #expect(try await order() == names)
        let sorted = try await scene.send(.patch, scene.collection, #"{"sortby":"+filename"}"#)
        #expect(sorted.string("geovisio:sorted-by") == "+filename")
        #expect(try await order() == names.reversed())
        _ = try await scene.send(.patch, scene.collection, #"{"sortby":"-gpsdate"}"#)
        #expect(try await order() == names.reversed())
        _ = try await scene.send(.patch, scene.collection, #"{"sortby":"gpsdate","relative_heading":90}"#)
        #expect(try await order() == names)
        for item in scene.pictures {
            let heading = try await scene.get("/api/pictures/\(item)").value("properties", "view:azimuth") as? Double
            #expect(abs((heading ?? 0) - 90) < 0.01, "to the right of a way north")
        }
        for wrong in [#"{"sortby":"colour"}"#, #"{"relative_heading":181}"#, #"{"title":""}"#] {
            #expect(try await scene.send(.patch, scene.collection, wrong).code == 422, "\(wrong)")
        }
    }

    @Test("the status of a sequence names each picture, to others only what is listed")
    func status() async throws {
        let scene = try await Scene()
        let answer = try await scene.get("\(scene.collection)/geovisio_status")
        #expect(answer.string("status") == "ready" && answer.ids(of: "items") == scene.pictures.map(\.string))
        #expect(answer.string("items", "1", "status") == "ready" && answer.value("items", "1", "rank") as? Int == 2)
        #expect(answer.value("items", "1", "nb_errors") as? Int == 0)
        try await scene.server.test.catalogue.pictures.setVisibility(scene.pictures[1], .ownerOnly)
        let others = try await scene.server.run {
            try await $0.get("\(scene.collection)/geovisio_status", token: scene.reader)
        }
        #expect(others.ids(of: "items") == [scene.pictures[0].string, scene.pictures[2].string])
    }
}
