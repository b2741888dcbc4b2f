import Catalogue
import Crypto
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Correcting what is hidden, over the API")
struct RedactionAPITests {
    private let box = #"{"bbox":[10,20,300,200]}"#

    private func path(_ street: Street, _ rest: String = "") -> String {
        "/api/pictures/\(street.picture)/redactions\(rest)"
    }

    @Test("a manager draws a region: it is accepted, listed as owed, and the picture is gone for everybody meanwhile")
    func added() async throws {
        let street = try await Street(.managerIn)
        let viewer = try await street.server.test.addAccount("watcher", .viewer, grants: [street.label])
        let watching = try await street.server.token(of: viewer)
        let known = try await street.server.test.catalogue.pictures.find(street.picture, viewer: .system)
        let revision = try #require(known?.revision)
        try await street.server.run { asker in
            let before = try await asker.get("/api/pictures/\(street.picture)/hd.jpg", token: watching)
            #expect(before.code == 200)
            let answer = try await asker.post(path(street), json: box, token: street.token)
            #expect(answer.code == 202)
            #expect(answer.value("is_done") as? Bool == false)
            #expect(answer.value("redactions", "0", "by") as? String == "person")
            #expect(answer.value("redactions", "0", "bbox") as? [Int] == [10, 20, 300, 200])
            #expect(answer.value("redactions", "0", "is_done") as? Bool == false)
            let tag = try #require(before.headers[.eTag])
            for file in ["hd.jpg", "sd.jpg", "thumb.jpg", "tiled/1_0.jpg"] {
                for token in [street.token, watching] {
                    let gone = try await asker.get(
                        "/api/pictures/\(street.picture)/\(file)", token: token, headers: [.ifNoneMatch: tag])
                    #expect(gone.code == 404, "\(file)")
                }
            }
            #expect(try await asker.get("/api/pictures/\(street.picture)", token: watching).code == 404)
            let search = try await asker.get("/api/search?ids=\(street.picture)", token: watching)
            #expect(!search.text.contains(street.picture.string))
            // Whoever manages the label sees how far it is.
            let item = try await asker.get("/api/pictures/\(street.picture)", token: street.token)
            #expect(item.text.contains(#""geovisio:status":"preparing""#))
        }
        try await street.server.test.process()
        try await street.server.run { asker in
            let list = try await asker.get(path(street), token: street.token)
            #expect(list.value("is_done") as? Bool == true)
            #expect(list.value("revision") as? Int == revision + 1)
            #expect(list.value("redactions", "0", "is_done") as? Bool == true)
            #expect(try await asker.get("/api/pictures/\(street.picture)", token: watching).code == 200)
        }
    }

    @Test(
        "who may only look, or not even that, cannot draw, remove or read what was hidden",
        arguments: [Street.Who.viewerIn, .fieldIn, .viewerOut, .managerOut, .guest])
    func refused(who: Street.Who) async throws {
        let street = try await Street(who)
        let expected = who == .guest ? 401 : who.isIn ? 403 : 404
        try await street.server.run { asker in
            let answers = [
                try await asker.get(path(street), token: street.token),
                try await asker.post(path(street), json: box, token: street.token),
                try await asker.send(.delete, path(street, "/1-0"), token: street.token),
                try await asker.post("/api/collections/\(street.sequence)/redact", json: "{}", token: street.token),
                try await asker.post("/api/camera_labels/\(street.label.id)/redact", json: "{}", token: street.token),
            ]
            #expect(answers.map(\.code) == Array(repeating: expected, count: answers.count))
        }
        let seen = try await street.server.test.catalogue.pictures.find(street.picture, viewer: .system)
        #expect(seen?.status == .prepared)
        #expect(try await street.server.test.catalogue.jobs.counts().isEmpty)
    }

    @Test("the field account whose picture it is may correct it")
    func owner() async throws {
        let street = try await Street(.guest)
        let token = try await street.server.token(of: street.owner)
        try await street.server.run { asker in
            let answer = try await asker.post(path(street), json: box, token: token)
            #expect(answer.code == 202)
        }
    }

    @Test(
        "a bad shape is refused with its reason, and nothing is hidden",
        arguments: [
            (#"{}"#, "either"), (#"{"bbox":[1,2,3,4],"polygon":[[1,2],[3,4],[5,9]]}"#, "either"),
            (#"{"bbox":[1,2,3]}"#, "four numbers"), (#"{"bbox":[1,2,0,10]}"#, "above 0"),
            (#"{"bbox":[-9000,1,5,5]}"#, "outside"), (#"{"bbox":[1,5000,5,5]}"#, "outside"),
            (#"{"polygon":[[1,2],[3,4]]}"#, "3 to 64"), (#"{"polygon":[[1,2],[3,4,5],[5,6]]}"#, "two numbers"),
            (#"{"polygon":[[1,1],[2,2],[3,3]]}"#, "one line"),
            (#"{"polygon":[[1,1],[1.2,1],[1,1.3]]}"#, "less than a pixel"),
            (#"{"bbox":[10,10,9000,5]}"#, "more than once"),
        ])
    func badShapes(body: String, reason: String) async throws {
        let street = try await Street(.admin)
        try await street.server.run { asker in
            let answer = try await asker.post(path(street), json: body, token: street.token)
            #expect(answer.code == 422, "\(answer.text)")
            #expect(answer.string("message")?.contains(reason) == true, "\(answer.text)")
        }
        #expect(try await street.server.test.catalogue.jobs.counts().isEmpty)
    }

    @Test("a region across the seam of a panorama is taken")
    func seam() async throws {
        let street = try await Street(.admin)
        try await street.server.run { asker in
            let answer = try await asker.post(
                path(street), json: #"{"polygon":[[5700,1400],[5900,1400],[5900,1500],[5700,1500]]}"#,
                token: street.token)
            #expect(answer.code == 202)
        }
    }

    @Test("what was hidden cannot be shown again without the original, and the answer says so")
    func noOriginal() async throws {
        let street = try await Street(.admin)
        let test = street.server.test
        let correction = try await test.catalogue.corrections.add(
            Polygon(x: 10, y: 10, width: 50, height: 50), to: street.picture, by: .system, at: .now)
        try await test.process()
        try await street.server.run { asker in
            let answer = try await asker.send(.delete, path(street, "/\(correction.id)"), token: street.token)
            #expect(answer.code == 409)
            #expect(answer.string("message")?.contains("was not kept") == true)
            #expect(answer.string("details", "reason") == "original_needed")
            #expect(answer.string("details", "name") == "HIDDEN_0001.JPG")
            let other = try await asker.send(
                .post, path(street, "/\(correction.id)/removal"), token: street.token,
                headers: [.contentType: "image/jpeg"], body: TestJPEG.drive(3).bytes())
            #expect(other.code == 422)
            #expect(other.string("details", "reason") == "not_the_original")
            let unknown = try await asker.send(.delete, path(street, "/\(CorrectionID())"), token: street.token)
            #expect(unknown.code == 404)
            let stale = try await asker.send(.delete, path(street, "/1-0"), token: street.token)
            #expect(stale.code == 409)
        }
        let staged = try FileManager.default.contentsOfDirectory(atPath: test.folder.file("staging"))
        #expect(staged.isEmpty)
        #expect(try await test.catalogue.pictures.find(street.picture, viewer: .system)?.status == .prepared)
    }

    @Test("with the very file that was sent, what was hidden is shown again")
    func withOriginal() async throws {
        let server = try await TestServer()
        let original = TestJPEG.drive(7).bytes()
        let hash = SHA256.hash(data: original).map { String(format: "%02x", $0) }.joined()
        let label = try await server.test.addLabel("Alpha-7")
        let owner = try await server.test.addAccount("olga", .field, grants: [label])
        let picture = try await server.test.addPreparedPicture(
            TestPicture("a.jpg", sha256: hash), by: owner, label: label)
        let correction = try await server.test.catalogue.corrections.add(
            Polygon(x: 10, y: 10, width: 50, height: 50), to: picture, by: owner.viewer, at: .now)
        try await server.test.process()
        let token = try await server.token(of: owner)
        try await server.run { asker in
            let answer = try await asker.send(
                .post, "/api/pictures/\(picture)/redactions/\(correction.id)/removal", token: token,
                headers: [.contentType: "image/jpeg"], body: original)
            #expect(answer.code == 202)
            #expect(answer.value("has_original") as? Bool == true)
            #expect((answer.value("redactions") as? [Any])?.isEmpty == true)
        }
        let staged = try #require(try await server.test.catalogue.pictures.treatment(picture)?.stagedName)
        let bytes = try Data(contentsOf: URL(filePath: server.test.folder.file("staging/\(staged)")))
        #expect(Array(bytes) == original)
    }

    @Test("a sequence and a label are looked through again by those who may, and tell how far they are")
    func runs() async throws {
        let street = try await Street(.managerIn)
        try await street.server.run { asker in
            for path in ["/api/collections/\(street.sequence)/redact", "/api/camera_labels/\(street.label.id)/redact"] {
                let answer = try await asker.post(path, json: #"{"preset":"thorough"}"#, token: street.token)
                #expect(answer.code == 202)
                #expect(answer.value("pictures") as? Int == 1)
                #expect(try await asker.get(path, token: street.token).value("waiting") as? Int == 1)
                for bad in [#"{"preset":"none"}"#, #"{"preset":"best"}"#] {
                    #expect(try await asker.post(path, json: bad, token: street.token).code == 422)
                }
            }
            #expect(try await asker.get("/api/pictures/\(street.picture)/hd.jpg", token: street.token).code == 200)
        }
    }
}
