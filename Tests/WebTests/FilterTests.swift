import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Filters, orders and fields by HTTP")
struct FilterTests {
    private struct Scene: Sendable {
        let server: TestServer
        let token: String
        let pictures: [PictureID]

        /// Eastwards along a parallel, one second and 0.001° apart, turning by 40°.
        init(_ count: Int) async throws {
            server = try await TestServer()
            let label = try await server.test.addLabel("Cam 1")
            let anna = try await server.test.addAccount("anna", .field, grants: [label])
            let tests = (0..<count).map { (index: Int) -> TestPicture in
                let step = Double(index)
                return TestPicture(
                    "P\(index).JPG", at: GeoPoint(longitude: 2.3 + step * 0.001, latitude: 48.85),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(step), heading: step * 40)
            }
            pictures = try await server.test.addPreparedPictures(tests, by: anna, label: label).pictures
            token = try await server.token(of: anna)
        }

        /// The places in the row of what a GET finds.
        func found(_ query: String) async throws -> [Int] {
            let answer = try await server.run { try await $0.get("/api/search?limit=100&\(query)", token: token) }
            #expect(answer.code == 200, "\(answer.text)")
            return places(answer)
        }

        func places(_ answer: Answer) -> [Int] {
            answer.ids(of: "features").compactMap { id in pictures.firstIndex { $0.string == id } }
        }

        static func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
    }

    @Test(
        "a filter is taken as text and as JSON, by GET and by POST, and is the same",
        arguments: [
            ("view:azimuth < 80 OR \"view:azimuth\" = 160", [4, 1, 0]),
            ("NOT (datetime > TIMESTAMP('2026-06-01T10:00:01Z'))", [1, 0]),
            ("S_INTERSECTS(geometry, POLYGON((2.2 48, 2.3005 48, 2.3005 49, 2.2 49, 2.2 48)))", [0]),
            ("S_WITHIN(geometry, BBOX(2.3005,48,2.3025,49)) and casei(wayside:type) = CASEI('FLAT')", [2, 1]),
            ("original_file:name LIKE 'P_.JPG' AND geovisio:rank_in_collection IN (2, 5)", [4, 1]),
            ("collection IS NULL", []), ("true", [4, 3, 2, 1, 0]),
        ])
    func notations(text: String, expected: [Int]) async throws {
        let scene = try await Scene(5)
        #expect(try await scene.found("filter=\(Scene.encoded(text))") == expected)
        let json = try FilterNotation.json(ofText: text)
        #expect(try await scene.found("filter-lang=cql2-json&filter=\(Scene.encoded(json.text))") == expected)
        try await scene.server.run { asker in
            let bodies: [JSON] = [
                ["filter": json], ["filter": .string(text), "filter-lang": "cql2-text"],
                ["filter": json, "filter-crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "ids": .null],
            ]
            for body in bodies {
                let answer = try await asker.post("/api/search", json: body.text, token: scene.token)
                #expect(scene.places(answer) == expected, "\(answer.text)")
            }
        }
    }

    @Test(
        "what a filter cannot do is 400, and the answer names the part",
        arguments: [
            ("colour = 'red'", "colour"), ("semantics.a = semantics.b", "tag"), ("view:azimuth = 'north'", "north"),
            ("view:azimuth <", "the end"), ("(view:azimuth < 1", "')'"), ("nearby(geometry, 1) = 1", "nearby"),
            ("datetime > 'yesterday'", "yesterday"), ("datetime > TIMESTAMP('2026-02-30T10:00:00Z')", "TIMESTAMP"),
            ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 2 2)))", "ring"),
            ("S_WITHIN(datetime, POINT(1 2))", "s_within"),
            ("S_INTERSECTS(geometry, POINT(200 2))", "longitude"), ("view:azimuth", "view:azimuth"), ("1 + 1", "+"),
            ("semantics = 'a'", "semantics"), ("A_CONTAINS(id, ('a'))", "a_contains"), ("id LIKE 5", "number"),
            ("id = 'open", "closing"), ("id = 'a' $ 1", "$"), ("view:azimuth IN ()", "value"),
            ("geometry = 'x'", "geometry"), ("1 = 1 AND", "the end"), ("T_AFTER(datetime, 5)", "number"),
        ])
    func refused(text: String, part: String) async throws {
        let scene = try await Scene(1)
        let answer = try await scene.server.run {
            try await $0.get("/api/search?filter=\(Scene.encoded(text))", token: scene.token)
        }
        #expect(answer.code == 400, "\(text)")
        #expect(answer.string("description")?.contains(part) == true, "\(text): \(answer.text)")
    }

    @Test("filters without end are refused before they cost anything")
    func bombs() async throws {
        let scene = try await Scene(1)
        let deep = String(repeating: "NOT (", count: 5000) + "true" + String(repeating: ")", count: 5000)
        let nested =
            String(repeating: #"{"op":"not","args":["#, count: 300) + "true" + String(repeating: "]}", count: 300)
        let wide = Array(repeating: "view:azimuth < 1", count: 3000).joined(separator: " OR ")
        let minus = "view:azimuth = " + String(repeating: "-", count: 20_000) + "id"
        try await scene.server.run { asker in
            for text in [
                deep, wide, minus, String(repeating: "(", count: 90_000),
                "id = '" + String(repeating: "a", count: 200_000) + "'",
            ] {
                let body: JSON = ["filter-lang": "cql2-text", "filter": .string(text)]
                #expect(try await asker.post("/api/search", json: body.text, token: scene.token).code == 400)
            }
            let answer = try await asker.post("/api/search", json: #"{"filter":\#(nested)}"#, token: scene.token)
            #expect(answer.code == 400)
        }
    }

    @Test(
        "pages follow one another in the order that was chosen, forwards and back again, by GET and by POST",
        arguments: ["", "-datetime", "+view:azimuth", "-geovisio:producer,id", "wayside:pitch,-original_file:name"])
    func order(sortby: String) async throws {
        let scene = try await Scene(9)
        let parameters = sortby.isEmpty ? "" : "&sortby=\(Scene.encoded(sortby))"
        let whole = try await scene.found(String(parameters.dropFirst()))
        #expect(whole.count == 9)
        try await scene.server.run { asker in
            var page = try await asker.get("/api/search?limit=4\(parameters)", token: scene.token)
            #expect(page.target("prev") == nil)
            var pages = [scene.places(page)]
            while let uri = page.target("next") {
                page = try await asker.get(uri, token: scene.token)
                pages.append(scene.places(page))
            }
            #expect(pages.flatMap(\.self) == whole)
            for expected in pages.dropLast().reversed() {
                page = try await asker.get(try #require(page.target("prev")), token: scene.token)
                #expect(scene.places(page) == expected)
            }
            #expect(page.target("prev") == nil)
            #expect(page.target("next") != nil)
            let body: JSON = sortby.isEmpty ? ["limit": 4] : ["limit": 4, "sortby": .string(sortby)]
            var posted = try await asker.post("/api/search", json: body.text, token: scene.token)
            var found = scene.places(posted)
            while let link = posted.links("next").first, let next = link["body"] {
                let text = String(decoding: try JSONSerialization.data(withJSONObject: next), as: UTF8.self)
                posted = try await asker.post("/api/search", json: text, token: scene.token)
                found += scene.places(posted)
            }
            #expect(found == whole)
        }
    }

    @Test("a page keeps its order without being told again, and belongs to no other")
    func cursorKeepsOrder() async throws {
        let scene = try await Scene(3)
        try await scene.server.run { asker in
            let first = try await asker.get("/api/search?limit=2&sortby=datetime", token: scene.token)
            let next = try #require(first.target("next"))
            let page = try #require(next.split(separator: "&").first { $0.hasPrefix("page=") })
            let bare = try await asker.get("/api/search?limit=2&\(page)", token: scene.token)
            #expect(scene.places(bare) == [2])
            let other = try await asker.get("/api/search?limit=2&sortby=id&\(page)", token: scene.token)
            #expect(other.code == 400)
            let forged = try await asker.get("/api/search?\(page)x", token: scene.token)
            #expect(forged.code == 400)
            for wrong in ["sortby=geometry", "sortby=colour", "sortby=-", "sortby=id,id,id,id,id"] {
                #expect(try await asker.get("/api/search?\(wrong)", token: scene.token).code == 400, "\(wrong)")
            }
        }
    }

    @Test("only the fields that were asked for are there")
    func fields() async throws {
        let scene = try await Scene(1)
        func item(_ fields: String) async throws -> Answer {
            try await scene.server.run { try await $0.get("/api/search?fields=\(fields)", token: scene.token) }
        }
        let few = try await item("properties.datetime,view:azimuth")
        #expect(
            Set((few.value("features", "0") as? [String: Any] ?? [:]).keys) == [
                "type", "stac_version", "id", "collection", "properties",
            ])
        #expect(
            Set((few.value("features", "0", "properties") as? [String: Any] ?? [:]).keys) == [
                "datetime", "view:azimuth",
            ])
        let without = try await item("-assets,-properties.exif")
        #expect(without.value("features", "0", "assets") == nil)
        #expect(without.value("features", "0", "properties", "exif") == nil)
        #expect(without.value("features", "0", "properties", "created") != nil)
        let usual = try await item("")
        #expect(usual.value("features", "0", "assets") != nil)
        #expect(Set((usual.value("features", "0", "properties") as? [String: Any] ?? [:]).keys) == ["datetime"])
        let nested = try await item("-properties,properties.created")
        #expect(Set((nested.value("features", "0", "properties") as? [String: Any] ?? [:]).keys) == ["created"])
        // The tags are held as text: their names, which have dots themselves, are fields all the same.
        let tag = try await item("properties.exif.Exif.Image.Make")
        #expect(
            Set((tag.value("features", "0", "properties", "exif") as? [String: Any] ?? [:]).keys) == ["Exif.Image.Make"]
        )
        let others = try await item("-properties.exif.Exif.Image.Make")
        let left = others.value("features", "0", "properties", "exif") as? [String: Any]
        #expect(left?.isEmpty == false)
        #expect(left?["Exif.Image.Make"] == nil)
        let wrong = try await scene.server.run {
            try await $0.post("/api/search", json: #"{"fields":null}"#, token: scene.token)
        }
        #expect(wrong.code == 400)
    }

    @Test(
        "the query extension narrows a search down",
        arguments: [
            (#"{"view:azimuth":{"gte":40,"lt":120}}"#, [2, 1]), (#"{"original_file:name":{"startsWith":"P1"}}"#, [1]),
            (#"{"original_file:name":{"endsWith":"3.JPG"},"view:azimuth":{"neq":0}}"#, [3]),
            (#"{"original_file:name":{"contains":"%"}}"#, []),
            (#"{"geovisio:rank_in_collection":{"in":[1,4]}}"#, [3, 0]),
        ])
    func query(json: String, expected: [Int]) async throws {
        let scene = try await Scene(4)
        #expect(try await scene.found("query=\(Scene.encoded(json))") == expected)
        let wrong = try await scene.server.run {
            try await $0.post("/api/search", json: #"{"query":{"view:azimuth":{"near":1}}}"#, token: scene.token)
        }
        #expect(wrong.code == 400)
    }

    @Test("pictures that look at a place are found; panoramas look everywhere")
    func looking() async throws {
        let scene = try await Scene(1)
        // The picture looks north from 2.3° E 48.85° N.
        let north = "place_position=2.3,48.8501&place_distance=5-20"
        #expect(try await scene.found(north) == [0])
        #expect(try await scene.found("place_position=2.3,48.8501&place_distance=0-5") == [])
        #expect(try await scene.found("place_position=2.3,48.8499&place_distance=5-20") == [])
        #expect(try await scene.found("place_position=2.3,48.8499&place_distance=5-20&place_fov_tolerance=180") == [0])
        try await scene.server.run { asker in
            for wrong in [
                "place_distance=1-2", "place_position=2", "\(north)&place_fov_tolerance=1",
                "place_position=2,3&place_distance=9-1",
            ] {
                let answer = try await asker.get("/api/search?\(wrong)", token: scene.token)
                #expect(answer.code == 400, "\(wrong)")
            }
        }
    }

    @Test("all that queryables list can be used in a filter, and the list is where links say")
    func queryables() async throws {
        let scene = try await Scene(1)
        try await scene.server.run { asker in
            let landing = try await asker.get("/api", token: scene.token)
            let link = try #require(landing.target("http://www.opengis.net/def/rel/ogc/1.0/queryables"))
            let answer = try await asker.get(link, token: scene.token)
            #expect(answer.headers[.contentType]?.hasPrefix("application/schema+json") == true)
            let names = (answer.value("properties") as? [String: Any] ?? [:]).keys
            #expect(names.count > 20)
            for name in names {
                let filter = Scene.encoded("\"\(name)\" IS NOT NULL OR true")
                let found = try await asker.get("/api/search?filter=\(filter)", token: scene.token)
                #expect(found.code == 200, "\(name): \(found.text)")
            }
        }
    }

    @Test("from the root one walks along links to each picture that one sees, and to no other")
    func walk() async throws {
        let street = try await Street(.viewerOut)
        let owner = try await street.server.token(of: street.owner)
        try await street.server.run { asker in
            func walked(_ token: String?) async throws -> [String] {
                var found: [String] = []
                var open = [try await asker.get("/api", token: token)]
                while let document = open.popLast() {
                    found += document.links("item").compactMap {
                        ($0["href"] as? String)?.split(separator: "/").last.map(String.init)
                    }
                    for link in document.links("child") {
                        let href = try #require(link["href"] as? String)
                        open.append(try await asker.get(String(href.dropFirst("http://localhost".count)), token: token))
                    }
                }
                return found
            }
            #expect(try await walked(owner) == [street.picture.string])
            #expect(try await walked(street.token).isEmpty)
            #expect(try await walked(nil).isEmpty)
            let children = try await asker.get("/api/children", token: owner)
            let landing = try await asker.get("/api", token: owner)
            #expect(children.ids(of: "children").count == landing.links("child").count)
        }
    }
}
