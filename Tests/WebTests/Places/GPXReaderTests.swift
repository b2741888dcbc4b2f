import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// Through the API: a track of one's own set in which nothing waits.
@Suite("GPX files")
struct GPXReaderTests {
    private func answer(_ gpx: String) async throws -> Answer {
        let server = try await TestServer()
        let label = try await server.test.addLabel("CAM-7")
        let owner = try await server.test.addAccount("olga", .field, grants: [label])
        let set = try await server.test.addUploadSet(by: owner, label: label)
        let token = try await server.token(of: owner)
        return try await server.run { asker in
            try await asker.send(
                .post, "/api/upload_sets/\(set.id)/places/gpx?dry_run=true", token: token, body: Array(gpx.utf8))
        }
    }

    @Test("of receivers, with name spaces, comments, extensions and waypoints, are read")
    func read() async throws {
        let gpx = """
            <?xml version="1.0" encoding="UTF-8"?><!-- a comment > with <tags> -->
            <g:gpx xmlns:g="http://www.topografix.com/GPX/1/1" version='1.1'><g:metadata><g:time>2020-01-01T00:00:00Z</g:time></g:metadata>
            <g:wpt lat="1" lon="1"><g:time>2019-01-01T00:00:00Z</g:time></g:wpt><g:trk><g:name><![CDATA[a < b]]></g:name><g:trkseg>
            <g:trkpt lon="2.35" lat="48.85"><g:ele>35.5</g:ele><g:time>2026-11-21T08:00:00Z</g:time><g:extensions><x:time>2001-01-01T00:00:00Z</x:time></g:extensions></g:trkpt>
            <g:trkpt lat='48.86' lon='2.36'><g:time>2026-11-21T09:01:00+01:00</g:time></g:trkpt>
            <g:trkpt lat='48.87' lon='2.37'/>
            </g:trkseg></g:trk></g:gpx>
            """
        let answer = try await answer(gpx)
        #expect(answer.code == 200, "\(answer.text)")
        #expect(answer.value("track", "points") as? Int == 2)
        #expect(answer.string("track", "from") == "2026-11-21T08:00:00Z")
        #expect(answer.string("track", "to") == "2026-11-21T08:01:00Z")
    }

    @Test(
        "that are none, are cut off, or hold what could be expanded or fetched are refused with a reason",
        arguments: [
            "", "<html></html>", "<gpx><trk>", "<gpx></trk></gpx>", "<gpx>", "no xml at all", "<gpx/><gpx/>",
            "<!DOCTYPE gpx [<!ENTITY a \"b\">]><gpx>&a;</gpx>", "<gpx><trkpt lat=\"91\" lon=\"0\"/></gpx>",
            "<gpx><trkpt lat=\"nan\" lon=\"0\"/></gpx>", "<gpx><trkpt lat=1 lon=2></trkpt></gpx>", "<gpx></gpx>",
            "<gpx><trkpt lat=\"1\" lon=\"1\"><time>yesterday</time></trkpt></gpx>", "<gpx><!-- ",
            String(repeating: "<gpx>", count: 40), "<", "<gpx a", "<gpx a=", "<gpx a=\"", "</gpx>",
        ])
    func refused(gpx: String) async throws {
        let answer = try await answer(gpx)
        #expect(answer.code == 422, "\(answer.text)")
        #expect((answer.string("detail") ?? "").count > 20)
    }
}
