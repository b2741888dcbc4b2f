import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// Two pictures of a trip with classes and boxes, one of which is hidden from others, and one of which nothing is said.
@Suite("Classes to take away")
struct ClassExportTests {
    private let server: TestServer
    private let owner: Account
    private let pictures: [PictureID]
    private let sequence: SequenceID
    private let whole: ClassScheme
    private let boxes: ClassScheme

    init() async throws {
        server = try await TestServer()
        let test = server.test, label = try await test.addLabel("Alpha-7")
        owner = try await test.addAccount("olga", .field, grants: [label])
        _ = try await test.addAccount("vera", .viewer, grants: [label])
        pictures = try await test.addPreparedPictures(
            (0..<3).map {
                TestPicture(
                    "\($0).JPG", at: GeoPoint(longitude: 2.35 + 0.002 * Double($0), latitude: 48.85),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(Double($0)))
            }, by: owner, label: label
        ).pictures
        for picture in pictures { try await server.fillStore(for: picture) }
        sequence = try #require(try await test.catalogue.pictures.find(pictures[0], viewer: .system)?.sequenceID)
        let named = { (value: String) in
            try PictureClass(value: value, english: "", french: "", colour: "#2a9d5c", digit: nil)
        }
        whole = try ClassScheme(
            name: "Passability", key: "passability", subject: .picture,
            classes: [try named("passable"), try named("a b"), try named("a/b"), try named("stop")])
        boxes = try ClassScheme(
            name: "Signs", key: "osm|sign", subject: .box, classes: [try named("stop"), try named("give way")])
        let classes = test.catalogue.classes
        for scheme in [whole, boxes] { try await classes.create(scheme, by: .system) }
        _ = try await classes.say("passable", in: whole, of: pictures[0], by: .system)
        _ = try await classes.say("a/b", in: whole, of: pictures[1], by: .system)
        _ = try await test.catalogue.annotations.add(
            try Polygon([.init(x: 10, y: 20), .init(x: 40, y: 20), .init(x: 10, y: 60)]), to: pictures[0],
            tags: [SemanticTag(key: "osm|sign", value: "stop"), SemanticTag(key: "note", value: "secret")],
            by: .system)
        _ = try await classes.mark(true, in: boxes, of: pictures[1], by: .system)
    }

    private func get(_ path: String, as name: String = "olga") async throws -> Answer {
        let account = try #require(try await server.test.catalogue.accounts.find(name: name))
        let token = try await server.token(of: account)
        return try await server.run { try await $0.get(path, token: token) }
    }

    @Test("COCO: images with their size and tags, boxes with place, area and outline, categories that they point to")
    func coco() async throws {
        let answer = try await get("/api/collections/\(sequence)/export?format=coco")
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        #expect(answer.headers[.contentDisposition]?.contains(".coco.json") == true)
        let categories = try #require(answer.value("categories") as? [[String: Any]])
        #expect(categories.compactMap { $0["id"] as? Int } == Array(1...6))
        let names = categories.compactMap { $0["name"] as? String }
        // Two schemes have a class of this value.
        #expect(names == ["passable", "a b", "a/b", "passability=stop", "osm|sign=stop", "give way"])
        let images = try #require(answer.value("images") as? [[String: Any]])
        #expect(images.compactMap { $0["picture_id"] as? String } == pictures.prefix(2).map(\.string))
        #expect(images.compactMap { $0["id"] as? Int } == [1, 2])
        let tags = TestPicture().tags
        for image in images {
            #expect(image["width"] as? Int == tags.width && image["height"] as? Int == tags.height)
            #expect((image["coco_url"] as? String)?.hasSuffix("/hd.jpg") == true)
        }
        #expect(images[0]["tags"] as? [String] == ["passability=passable"])
        #expect(images[0]["category_ids"] as? [Int] == [1] && images[1]["category_ids"] as? [Int] == [3])
        let annotations = try #require(answer.value("annotations") as? [[String: Any]])
        try #require(annotations.count == 1)
        let box = annotations[0]
        #expect(box["id"] as? Int == 1 && box["image_id"] as? Int == 1 && box["category_id"] as? Int == 5)
        #expect(box["bbox"] as? [Double] == [10, 20, 30, 40] && box["area"] as? Double == 600)
        #expect(box["segmentation"] as? [[Double]] == [[10, 20, 40, 20, 10, 60]] && box["iscrowd"] as? Int == 0)
        #expect(!answer.text.contains("secret"))
        // The name is that in a ZIP of the same pictures.
        let zip = try await get("/api/collections/\(sequence)/export?format=zip&size=sd")
        for image in images {
            let name = try #require(image["file_name"] as? String)
            #expect(zip.text.contains(name))
        }
    }

    @Test("one scheme alone has its own images and categories; what was looked through is an image without boxes")
    func one() async throws {
        let answer = try await get("/api/export?format=coco&scheme=\(boxes.id)")
        #expect((answer.value("images") as? [Any])?.count == 2)
        #expect((answer.value("categories") as? [Any])?.count == 2)
        #expect(answer.value("annotations", "0", "category_id") as? Int == 1)
        let other = try await get("/api/export?format=coco&scheme=\(whole.id)")
        #expect((other.value("annotations") as? [Any])?.isEmpty == true)
    }

    @Test("a table has a row for each class and each box, and one without a class for what was looked through")
    func table() async throws {
        let answer = try await get("/api/users/me/export?format=class-csv")
        #expect(answer.headers[.contentDisposition]?.contains(".classes.csv") == true)
        let rows = answer.text.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(rows.map { $0.count } == Array(repeating: 19, count: 5))
        let said = rows.dropFirst().map { Array($0[10...15]).map(String.init) }
        #expect(
            said == [
                ["passability", "passable", "", "", "", ""], ["osm|sign", "stop", "10", "20", "30", "40"],
                ["passability", "a/b", "", "", "", ""], ["osm|sign", "", "", "", "", ""],
            ])
    }

    @Test("a ZIP has a folder for each class, whatever its letters, and in it the redacted pictures alone")
    func folders() async throws {
        let answer = try await get("/api/export?format=class-zip&scheme=\(whole.id)")
        #expect(answer.headers[.contentType] == "application/zip")
        let trip = sequence.string.prefix(8), text = answer.text
        #expect(text.contains("passable/\(trip)-000001-\(pictures[0]).jpg"))
        // Two values come to the same letters.
        #expect(text.contains("a_b-3/\(trip)-000002-\(pictures[1]).jpg"))
        // Its neighbour names it, but its file is not there.
        #expect(!text.contains("\(pictures[2]).jpg"))
        let archive = Data(answer.bytes), hd = Data(TestServer.bytes(count: 900_000, seed: 0))
        let first = try #require(archive.range(of: Data("\(pictures[0]).jpg".utf8)))
        #expect(archive[first.upperBound..<first.upperBound + hd.count] == hd)
    }

    @Test("who may not see a picture gets nothing of it in any form, and its classes are not counted")
    func hidden() async throws {
        try await server.test.catalogue.pictures.edit(pictures[0], PictureEdit(visibility: .ownerOnly), by: .system)
        for format in ["coco&scheme=\(boxes.id)", "coco", "class-csv", "class-zip&size=sd&scheme=\(whole.id)"] {
            for (name, sees) in [("olga", true), ("vera", false)] {
                let answer = try await get("/api/export?format=\(format)", as: name)
                #expect(answer.code == 200)
                #expect(answer.text.contains(pictures[0].string) == sees, "\(name) \(format)")
                #expect(answer.text.contains(pictures[1].string), "\(name) \(format)")
            }
        }
        let coco = try await get("/api/export?format=coco", as: "vera")
        #expect((coco.value("annotations") as? [Any])?.isEmpty == true)
    }

    @Test("a scheme that one does not know is none, and the formats that need or do not take one say so")
    func refused() async throws {
        let foreign = try ClassScheme(
            name: "Foreign", key: "foreign", subject: .picture, classes: whole.classes,
            labels: [try await server.test.addLabel("Beta-9").id])
        try await server.test.catalogue.classes.create(foreign, by: .system)
        for query in [
            "format=coco&scheme=\(foreign.id)", "format=coco&scheme=x", "format=class-zip",
            "format=csv&scheme=\(whole.id)",
        ] {
            let answer = try await get("/api/export?\(query)")
            #expect(answer.code == 400 && answer.string("detail")?.contains("scheme") == true, "\(query)")
        }
        #expect(try await get("/api/export?format=coco").text.contains("Foreign") == false)
        let left = try FileManager.default.contentsOfDirectory(atPath: server.test.folder.file("scratch"))
        #expect(left == [])
    }
}
