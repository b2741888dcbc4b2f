import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("Pictures without a place over HTTP")
struct PlaceTests {
    private let server: TestServer
    private let set: UploadSet
    private let token: String
    private let label: CameraLabel

    init() async throws {
        server = try await TestServer()
        label = try await server.test.addLabel("CAM-7")
        let owner = try await server.test.addAccount("olga", .field, grants: [label])
        set = try await server.test.addUploadSet(by: owner, label: label)
        token = try await server.token(of: owner)
    }

    /// A picture that the darkroom finds nothing in but its clock, two hours ahead of the track.
    private func hold(_ name: String, time: String?, missing: String = "lat,lon") async throws -> PictureID {
        let catalogue = server.test.catalogue
        try await catalogue.uploadSets.edit(set.id, UploadSetEdit(holdsUnplaced: true), by: .system)
        let id = try await server.test.admit(TestPicture(name), to: set)
        var details = ["missing_fields": missing]
        details[Rejection.cameraTimeKey] = time
        let job = try #require(
            try await catalogue.jobs.claim(worker: "test", limit: 100, now: .now, lease: 60).first {
                $0.step == .inspect(id)
            })
        let rejection = Rejection(.invalidMetadata, "The picture has no GPS position.", details: details)
        #expect(
            try await catalogue.heldPictures.hold(
                id, rejection, until: Date.now + HeldPicture.lifetime, ending: job))
        return id
    }

    private static let gpx = """
        <gpx><trk><trkseg><trkpt lat="48" lon="2"><time>2026-11-21T08:00:00Z</time></trkpt>
        <trkpt lat="48.001" lon="2.001"><time>2026-11-21T08:01:00Z</time></trkpt></trkseg></trk></gpx>
        """

    private func ask(
        _ method: HTTPRequest.Method, _ path: String = "", _ body: String? = nil, as other: String? = nil
    ) async throws -> Answer {
        let token = other ?? token
        return try await server.run { [set] asker in
            try await asker.send(
                method, "/api/upload_sets/\(set.id)/places\(path)", token: token, body: body.map { Array($0.utf8) })
        }
    }

    private func files(_ answer: Answer) throws -> [[String: Any]] {
        try #require(answer.value("files") as? [[String: Any]])
    }

    @Test("are listed a page at a time, and their files say that they wait")
    func list() async throws {
        let ids = [try await hold("a.jpg", time: nil), try await hold("b.jpg", time: "2026-11-21T10:00:30Z")]
        let first = try await ask(.get, "?limit=1")
        #expect(first.string("held", "0", "picture_id") == ids[0].string)
        #expect(first.value("held", "0", "missing") as? [String] == ["place"])
        let next = try #require(
            (first.value("links") as? [[String: Any]])?.first { $0["rel"] as? String == "next" }?["href"] as? String)
        let second = try await ask(.get, try #require(next.range(of: "?").map { String(next[$0.lowerBound...]) }))
        #expect(second.string("held", "0", "picture_id") == ids[1].string)
        #expect(second.string("held", "0", "camera_time") == "2026-11-21T10:00:30Z")
        let (path, token) = ("/api/upload_sets/\(set.id)", token)
        let (files, shown) = try await server.run { asker in
            (try await asker.get("\(path)/files", token: token), try await asker.get(path, token: token))
        }
        #expect(files.string("files", "0", "held", "message") == "This file is waiting for a place.")
        #expect(files.value("files", "0", "rejected") == nil)
        #expect(shown.value("items_status", "held") as? Int == 2 && shown.value("nb_items") as? Int == 2)
    }

    @Test("lie on a track, in the likeliest time zone; a dry run only says so")
    func track() async throws {
        let id = try await hold("a.jpg", time: "2026-11-21T10:00:30Z")
        let other = try await hold("b.jpg", time: "2026-11-21T10:20:00Z")
        let clockless = try await hold("c.jpg", time: nil)
        let dry = try await ask(.post, "/gpx?dry_run=true", Self.gpx)
        #expect(dry.value("time_offset") as? Double == -7200 && dry.value("placed") as? Int == 1, "\(dry.text)")
        let found = try files(dry)
        #expect(found.map { $0["outcome"] as? String } == ["placed", "too_far_in_time", "no_time"])
        #expect(abs((found[0]["latitude"] as? Double ?? 0) - 48.0005) < 1e-7)
        #expect(found[0]["captured_at"] as? String == "2026-11-21T08:00:30Z")
        #expect(found[1]["seconds"] as? Double == 1140)
        #expect(try await ask(.get).value("held", "2") != nil, "nothing was done")
        let far = try await ask(.post, "/gpx?time_offset=0&dry_run=true", Self.gpx)
        #expect(far.value("placed") as? Int == 0)
        let done = try await ask(.post, "/gpx?time_offset=-7210", Self.gpx)
        #expect(done.value("placed") as? Int == 1)
        let left = try await ask(.get)
        #expect(
            (left.value("held") as? [[String: Any]])?.map { $0["picture_id"] as? String }
                == [other.string, clockless.string])
        let given = try #require(try await server.test.catalogue.pictures.treatment(id)?.given)
        #expect(given.capturedAt == RFC3339.date("2026-11-21T08:00:20Z"))
        #expect(abs((given.position?.latitude ?? 0) - (48 + 0.001 / 3)) < 1e-7)
        for bad in ["?time_offset=nan", "?time_offset=1e9", "?max_gap=0", "?offset=1", "?dry_run=1"] {
            #expect(try await ask(.post, "/gpx\(bad)", Self.gpx).code == 400)
        }
    }

    @Test("are placed by hand, all or none, with everything that they lack")
    func byHand() async throws {
        let id = try await hold("a.jpg", time: nil, missing: "lat,lon,datetime")
        let other = try await hold("b.jpg", time: nil)
        func body(_ id: PictureID, _ rest: String) -> String { #"{"places":[{"picture_id":"\#(id)",\#(rest)}]}"# }
        for bad in [
            body(id, #""longitude":2,"latitude":48"#), body(id, #""longitude":2"#),
            body(id, #""longitude":200,"latitude":48,"captured_at":"2026-11-21T08:00:00Z""#),
            body(other, #""longitude":2,"latitude":48,"heading":360"#),
            body(other, #""longitude":2,"latitude":48,"captured_at":"yesterday""#),
            body(other, #""heading":3"#),
        ] { #expect(try await ask(.post, "", bad).code == 422, "\(bad)") }
        #expect(try await ask(.post, "", body(PictureID(), #""longitude":2,"latitude":48"#)).code == 404)
        let two = """
            {"places":[{"picture_id":"\(other)","longitude":2,"latitude":48},{"picture_id":"\(id)","longitude":2,"latitude":48}]}
            """
        #expect(try await ask(.post, "", two).code == 422)
        #expect(try await server.test.catalogue.uploadSets.status(set.id).held == 2)
        let whole = #""longitude":2,"latitude":48,"heading":90,"captured_at":"2026-11-21T08:00:00Z""#
        #expect(try await ask(.post, "", body(id, whole)).value("placed") as? Int == 1)
        #expect(try await server.test.catalogue.pictures.treatment(id)?.given?.heading == 90)
        #expect(try await ask(.post, "", body(id, whole)).code == 404, "it waits no more")
    }

    @Test("are given up one by one or all together, with a reason")
    func givenUp() async throws {
        let id = try await hold("a.jpg", time: nil)
        for name in ["b.jpg", "c.jpg"] { _ = try await hold(name, time: nil) }
        #expect(try await ask(.delete, "/\(id)").value("given_up") as? Int == 1)
        #expect(try await ask(.delete, "/\(id)").code == 404)
        #expect(try await ask(.delete).value("given_up") as? Int == 2)
        let files = try await server.test.catalogue.uploadSets.files(set.id, after: nil, limit: 10)
        #expect(files.allSatisfy { $0.rejection?.details["missing_fields"] == "lat,lon" && $0.heldUntil == nil })
    }

    @Test("are seen and placed by nobody but those who may edit the upload")
    func others() async throws {
        let id = try await hold("secret.jpg", time: nil)
        let other = try await server.test.addLabel("CAM-8")
        for (name, role, label, code) in [
            ("vera", Role.viewer, label, 404), ("fred", .field, label, 404), ("max", .manager, other, 404),
            ("mona", .manager, label, 200), ("ada", .admin, label, 200),
        ] {
            let account = try await server.test.addAccount(name, role, grants: [label])
            let token = try await server.token(of: account)
            let answer = try await ask(.get, as: token)
            #expect(answer.code == code && answer.text.contains("secret.jpg") == (code == 200), "\(name)")
            let body = #"{"places":[{"picture_id":"\#(id)","longitude":2,"latitude":48}]}"#
            if code != 200 {
                #expect(try await ask(.post, "", body, as: token).code == code)
                #expect(try await ask(.delete, as: token).code == code)
                #expect(try await ask(.post, "/gpx", Self.gpx, as: token).code == code)
                let page = try await server.run { [set] in
                    try await $0.get("/uploads/\(set.id)/places", token: token)
                }
                #expect(page.code == code && !page.text.contains("secret.jpg"))
            }
        }
        #expect(try await server.test.catalogue.uploadSets.status(set.id).held == 1)
    }

    @Test("have a page that reads without a script, and forms that place and give up", arguments: ["en", "fr"])
    func page(language: String) async throws {
        let id = try await hold("a.jpg", time: "2026-11-21T10:00:30Z")
        let path = "/uploads/\(set.id)/places"
        let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .acceptLanguage: language]
        let token = token
        let (page, bad, placed, after) = try await server.run { asker in
            func post(_ body: String) async throws -> Answer {
                try await asker.send(.post, path, token: token, headers: form, body: Array(body.utf8))
            }
            return (
                try await asker.get(path, token: token, headers: [.acceptLanguage: language]),
                try await post("picture_id=\(id)&longitude=east&latitude=48"),
                try await post("picture_id=\(id)&longitude=2,5&latitude=48&captured_at=2026-11-21T08:00"),
                try await asker.get("\(path)?placed=1", token: token, headers: [.acceptLanguage: language])
            )
        }
        #expect(page.code == 200 && page.text.contains("a.jpg") && page.text.contains("2026-11-21 10:00:30"))
        #expect(bad.code == 422 && placed.code == 303, "\(placed.text)")
        #expect(!after.text.contains("a.jpg"))
        let given = try #require(try await server.test.catalogue.pictures.treatment(id)?.given)
        #expect(given.position == GeoPoint(longitude: 2.5, latitude: 48))
        #expect(given.capturedAt == RFC3339.date("2026-11-21T08:00:00Z"))
    }
}
