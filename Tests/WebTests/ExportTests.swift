import Catalogue
import Domain
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@Suite("Taking pictures away")
struct ExportTests {
    private static let formats = ["geojson", "csv", "gpx", "gpkg", "zip"]

    /// How many pictures an export holds; nil for a GeoPackage, whose pages are not read here.
    private func count(_ format: String, _ answer: Answer) -> Int? {
        switch format {
        case "geojson": answer.value("numberReturned") as? Int
        case "csv": answer.text.split(separator: "\r\n").count - 1
        case "gpx": answer.text.split(separator: "<trkpt ").count - 1
        // The directory's count, less the document.
        case "zip": Int(answer.bytes.suffix(12)[answer.bytes.count - 12]) - 1
        default: nil
        }
    }

    @Test(
        "each form holds exactly what the one who asks may see, whatever was hidden or deleted",
        arguments: HiddenScene.Change.allCases)
    func roles(change: HiddenScene.Change) async throws {
        let scene = try await HiddenScene()
        try await scene.perform(change)
        for who in HiddenScene.Who.allCases where !(change == .deletedAccount && who == .owner) {
            let seesFirst = change.isSeen(by: who)
            let seesSecond = change.isOfAll ? seesFirst : who.hasGrant
            let expected = (seesFirst ? 1 : 0) + (seesSecond ? 1 : 0)
            let paths = [
                "/api/export?", "/api/export?bbox=2,48,3,49&", "/api/collections/\(scene.sequence)/export?",
                "/api/camera_labels/\(scene.label.id)/export?", "/api/upload_sets/\(scene.set.id)/export?",
            ]
            // All choose alike; the forms that cost time are looked at where everything and where one trip is taken.
            let asked = paths.enumerated().flatMap { index, path in
                (index % 2 == 0 && index < 4 ? Self.formats : ["geojson", "csv"]).map { (path, $0) }
            }
            for (path, format) in asked {
                let note: Comment = "\(change) \(who) \(path) \(format)"
                let answer = try await scene.server.run {
                    try await $0.get("\(path)size=sd&format=\(format)", token: scene.tokens[who])
                }
                guard answer.code == 200 else {
                    // Everything is there for everybody, if only to be empty.
                    #expect(!path.hasPrefix("/api/export") && [401, 404].contains(answer.code), note)
                    if path.contains("collections") { #expect(expected == 0, note) }
                    continue
                }
                let isShown = [scene.pictures[0].string, "HIDDEN_0001"].contains { answer.text.contains($0) }
                let isWhole = !path.contains("camera_labels") && !path.contains("upload_sets")
                if isWhole { #expect(isShown == seesFirst, note) }
                if !seesFirst { #expect(!isShown, note) }
                if isWhole, let count = count(format, answer) { #expect(count == expected, note) }
            }
        }
    }

    @Test("one's own pictures are those that one sent, seen by others or not")
    func own() async throws {
        let scene = try await HiddenScene()
        try await scene.perform(.hiddenPicture)
        for who in [HiddenScene.Who.owner, .viewerIn, .admin] {
            let answer = try await scene.server.run {
                try await $0.get("/api/users/me/export", token: scene.tokens[who])
            }
            #expect((answer.value("numberReturned") as? Int) == (who == .owner ? 2 : 0))
        }
    }

    private struct Trip {
        let server: TestServer
        let token: String
        let sequence: SequenceID
        let pictures: [PictureID]

        init(title: String = "card", name: String = "G0010001.JPG") async throws {
            server = try await TestServer()
            let label = try await server.test.addLabel("Alpha-7")
            let owner = try await server.test.addAccount("olga", .field, grants: [label])
            let tests = (0..<3).map {
                TestPicture(
                    "DCIM/\(name)", at: GeoPoint(longitude: -1.5 + Double($0), latitude: 48.000_000_5),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(Double($0)))
            }
            pictures = try await server.test.addPreparedPictures(tests, by: owner, label: label).pictures
            for picture in pictures { try await server.fillStore(for: picture) }
            token = try await server.token(of: owner)
            let first = try await server.test.catalogue.pictures.find(pictures[0], viewer: .system)
            sequence = try #require(first?.sequenceID)
            try await server.test.catalogue.sequences.edit(sequence, SequenceEdit(title: title), by: .system)
        }

        func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
            try await server.run { try await $0.get(path, token: token, headers: headers) }
        }
    }

    @Test("a search's parameters choose what is taken, in the address and in a body")
    func selection() async throws {
        let trip = try await Trip()
        let area = #"{"type":"Polygon","coordinates":[[[-2,47],[-1,47],[-1,49],[-2,49],[-2,47]]]}"#
        let queries: [(String, Int)] = [
            ("", 3), ("ids=\(trip.pictures[1])", 1), ("bbox=-1,47,0,49", 1), ("collections=\(trip.sequence)", 3),
            ("ids=\(PictureID())", 0), ("datetime=../2001-01-01T00:00:00Z", 0),
            ("intersects=\(area.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")", 1),
        ]
        for (query, expected) in queries {
            let answer = try await trip.get("/api/export?\(query)")
            #expect((answer.value("numberReturned") as? Int) == expected, "\(query) \(answer.text.prefix(200))")
        }
        let bodies: [(String, Int)] = [
            (#"{"ids":["\#(trip.pictures[0])","\#(trip.pictures[2])"]}"#, 2), (#"{"intersects":\#(area)}"#, 1),
            ("{}", 3),
        ]
        for (body, expected) in bodies {
            let answer = try await trip.server.run { try await $0.post("/api/export", json: body, token: trip.token) }
            #expect((answer.value("numberReturned") as? Int) == expected, "\(body) \(answer.text.prefix(200))")
        }
    }

    @Test("what cannot be done is refused with the reason")
    func refused() async throws {
        let trip = try await Trip()
        for (query, word) in [
            ("format=shp", "geojson, csv, gpx, gpkg, zip"), ("format=zip&size=thumb", "hd or sd"),
            ("limit=5", "limit"), ("bbox=1,2", "bbox"),
        ] {
            let answer = try await trip.get("/api/export?\(query)")
            #expect(answer.code == 400, "\(query)")
            #expect(answer.string("detail")?.contains(word) == true, "\(query) \(answer.text)")
        }
        for body in [#"{"format":"shp"}"#, #"{"format":3}"#, #"{"limit":5}"#, "[]"] {
            let answer = try await trip.server.run { try await $0.post("/api/export", json: body, token: trip.token) }
            #expect(answer.code == 400, "\(body)")
        }
    }

    @Test("what a spreadsheet would take for a formula is text, and cells keep their commas and quotes")
    func formulas() async throws {
        let trip = try await Trip(title: #"=HYPERLINK("http://x","a"),b"#, name: "@SUM(1).JPG")
        let answer = try await trip.get("/api/collections/\(trip.sequence)/export?format=csv")
        #expect(answer.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(answer.text.contains(#","'=HYPERLINK(""http://x"",""a""),b","#))
        #expect(answer.text.contains(",'@SUM(1).JPG,"))
        // A number that is less than nothing stays a number.
        #expect(answer.text.contains(",-1.5,48.0000005,"))
    }

    @Test("a track's name cannot break out of its element, and a point has place, height, time and order")
    func gpx() async throws {
        let trip = try await Trip(title: "<b>&\"\u{1}é")
        let answer = try await trip.get("/api/collections/\(trip.sequence)/export?format=gpx")
        #expect(answer.headers[.contentType] == "application/gpx+xml")
        #expect(answer.text.contains("<trk><name>&lt;b&gt;&amp;&quot;é</name>"))
        #expect(answer.text.contains(#"<trkpt lat="48.0000005" lon="-1.5"><ele>35</ele><time>"#))
        #expect(answer.text.split(separator: "<trkseg>").count == 2)
    }

    @Test("a download is named after what it is of, and the name leads nowhere")
    func names() async throws {
        let trip = try await Trip(title: "../..\\é\"\r\nX: y/Rue")
        let answer = try await trip.get("/api/collections/\(trip.sequence)/export?format=zip&size=sd")
        let disposition = try #require(answer.headers[.contentDisposition])
        #expect(disposition.hasPrefix(#"attachment; filename="__X_y_Rue-2"#), "\(disposition)")
        #expect(disposition.contains("filename*=UTF-8''%C3%A9_X_y_Rue-2"), "\(disposition)")
        #expect(disposition.hasSuffix(".zip"))
        #expect(answer.text.contains("é_X_y_Rue-\(trip.sequence.string.prefix(8))/000001-\(trip.pictures[0]).jpg"))
        #expect(!answer.text.contains(".."))
    }

    @Test("a ZIP holds the bytes of the pictures in the size that was asked for", arguments: ["hd", "sd"])
    func zip(size: String) async throws {
        let trip = try await Trip()
        let answer = try await trip.get("/api/export?format=zip&size=\(size)")
        let index = size == "hd" ? 0 : 1
        let bytes = TestServer.bytes(count: size == "hd" ? 900_000 : 300_000, seed: index)
        let archive = Data(answer.bytes)
        let first = try #require(archive.range(of: Data(".jpg".utf8)))
        #expect(archive[first.upperBound..<first.upperBound + bytes.count] == Data(bytes))
        #expect(answer.text.contains(#""file":"card-"#))
    }

    @Test("HEAD tells what would come, and makes nothing")
    func head() async throws {
        let trip = try await Trip()
        for format in Self.formats {
            let answer = try await trip.server.run {
                try await $0.send(.head, "/api/export?format=\(format)", token: trip.token)
            }
            #expect(answer.code == 200 && answer.bytes.isEmpty, "\(format)")
            #expect(answer.headers[.contentDisposition]?.contains(".\(format)") == true)
        }
        #expect(!FileManager.default.fileExists(atPath: trip.server.test.folder.file("scratch")))
    }

    @Test("nothing of a GeoPackage or a ZIP stays on the disk")
    func scratch() async throws {
        let trip = try await Trip()
        for format in ["gpkg", "zip"] { _ = try await trip.get("/api/export?format=\(format)") }
        let left = try FileManager.default.contentsOfDirectory(atPath: trip.server.test.folder.file("scratch"))
        #expect(left == [])
    }

    @Test("a picture whose file has gone since it was chosen is left out of a ZIP")
    func missingFile() async throws {
        let trip = try await Trip()
        try await trip.server.store.delete(prefix: "pictures/\(trip.pictures[1].string.prefix(2))/")
        let answer = try await trip.get("/api/export?format=zip")
        #expect(answer.code == 200)
        #expect(!answer.text.contains("\(trip.pictures[1]).jpg"))
    }
}
