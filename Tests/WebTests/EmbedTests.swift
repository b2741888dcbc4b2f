import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Pictures within pages of other sites")
struct EmbedTests {
    private let server: TestServer
    private let clock = TestClock()
    private let label: CameraLabel
    private let reader: Account
    private let picture: PictureID
    private let readerToken: String
    private let ownerToken: String
    private static let destination = HTTPField.Name("Sec-Fetch-Dest") ?? .origin
    private static let policy = HTTPField.Name("Content-Security-Policy") ?? .origin
    private static let frames = HTTPField.Name("X-Frame-Options") ?? .origin

    init() async throws {
        server = try await TestServer(clock: clock)
        label = try await server.test.addLabel("Alpha-7")
        let owner = try await server.test.addAccount("olga", .field, grants: [label])
        reader = try await server.test.addAccount("rita", .viewer, grants: [label])
        picture = try await server.test.addPreparedPicture(
            TestPicture(type: .equirectangular), by: owner, label: label)
        try await server.fillStore(for: picture)
        readerToken = try await server.token(of: reader)
        ownerToken = try await server.token(of: owner)
    }

    private func make(_ asker: Asker, origins: [String] = ["https://example.org", "blog.example"]) async throws
        -> Answer
    {
        let list = origins.map { "\"\($0)\"" }.joined(separator: ",")
        return try await asker.post(
            "/api/pictures/\(picture)/embeds", json: #"{"origins":[\#(list)],"days":2}"#, token: readerToken)
    }

    /// The path and query of the frame.
    private func path(_ answer: Answer) throws -> String {
        try #require(answer.string("url")).replacing("http://localhost", with: "")
    }

    /// A file of the same frame.
    private func file(_ name: String, of path: String) -> String {
        path.replacing("?key=", with: "/\(name).jpg?key=")
    }

    @Test("the frame shows the picture without a login, to the named sites alone")
    func shown() async throws {
        try await server.run { asker in
            let made = try await make(asker)
            #expect(made.code == 201, "\(made.text)")
            #expect(made.value("origins") as? [String] == ["https://example.org", "https://blog.example"])
            let path = try path(made)
            #expect(made.string("html")?.contains("<iframe src=\"http://localhost\(path)\"") == true)
            let frame = try await asker.get(path, headers: [Self.destination: "iframe"])
            #expect(frame.code == 200)
            let policy = try #require(frame.headers[Self.policy])
            #expect(policy.contains("frame-ancestors https://example.org https://blog.example"))
            #expect(frame.headers[Self.frames] == nil)
            #expect(frame.text.contains("data-sphere=\"true\"") && frame.text.contains("data-picture=\"\(picture)\""))
            // Nothing of who made it, of the label or of the file is told.
            for secret in ["rita", "olga", "Alpha-7", "G0010001", "/api/"] {
                #expect(!frame.text.contains(secret), "\(secret)")
            }
            for name in ["hd", "sd", "thumb", "tiled/0_0"] {
                let image = try await asker.get(file(name, of: path))
                #expect(image.code == 200 && image.headers[.contentType] == "image/jpeg", "\(name)")
                #expect(image.headers[.cacheControl] == "private, no-cache")
            }
            for name in ["original", "raw", "tiled/9_9", "tiled/x_0"] {
                #expect(try await asker.get(file(name, of: path)).code == 404, "\(name)")
            }
            // The key opens nothing else.
            let key = try #require(path.split(separator: "=").last)
            for other in ["/api/pictures/\(picture)", "/api/pictures/\(picture)/sd.jpg", "/api/search"] {
                #expect(try await asker.get("\(other)?key=\(key)").code == 401, "\(other)")
                #expect(try await asker.get(other, token: String(key)).code == 401, "\(other)")
            }
        }
    }

    @Test("every other page stays out of frames")
    func others() async throws {
        try await server.run { asker in
            for path in ["/login", "/terms", "/embed/\(picture)", "/api/live"] {
                let answer = try await asker.get(path)
                #expect(answer.headers[Self.frames] == "DENY", "\(path)")
                #expect(
                    answer.headers[Self.policy]?.contains("frame-ancestors 'none'")
                        == true)
            }
        }
    }

    @Test("a window of its own is not what was allowed", arguments: ["document", "image"])
    func alone(destination: String) async throws {
        try await server.run { asker in
            let path = try path(try await make(asker))
            let answer = try await asker.get(path, headers: [Self.destination: destination])
            #expect(answer.code == 403 && !answer.text.contains("data-picture"))
        }
    }

    @Test("a key that was changed, cut, or made for another picture or purpose opens nothing")
    func forged() async throws {
        let other = try await server.test.addPreparedPicture(by: reader, label: label)
        try await server.run { asker in
            let path = try path(try await make(asker))
            let parts = path.split(separator: "=")[1].split(separator: ".").map(String.init)
            let later = String(try #require(Int(parts[1])) + 86_400)
            let sites = Data("https://evil.example".utf8).base64EncodedString().replacing("=", with: "")
            var forged = [
                [parts[0], later, parts[2], parts[3]], [parts[0], parts[1], sites, parts[3]],
                [EmbedID().string, parts[1], parts[2], parts[3]], [parts[0], parts[1], parts[2]],
                [parts[0], parts[1], parts[2], String(parts[3].dropLast())], ["", "", "", ""],
            ].map { "/embed/\(picture)?key=\($0.joined(separator: "."))" }
            forged += [
                path.replacing(picture.string, with: other.string), "/embed/\(picture)",
                "/embed/\(picture)?key=\(readerToken)",
            ]
            var answers: Set<String> = []
            for address in forged {
                for target in [address, address.replacing("?", with: "/sd.jpg?")] {
                    let answer = try await asker.get(target)
                    #expect(answer.code == 404, "\(target)")
                    answers.insert(answer.text)
                }
            }
            #expect(answers.count == 1)
        }
    }

    @Test("it is dead at once when it is hidden, reported, deleted, taken back, over, or its maker loses sight of it")
    func dead() async throws {
        let catalogue = server.test.catalogue
        let changes: [@Sendable (Asker, Answer) async throws -> Void] = [
            { asker, _ in
                let answer = try await asker.send(
                    .patch, "/api/collections/\(try await sequence())/items/\(picture)", token: ownerToken,
                    headers: [.contentType: "application/json"], body: Array(#"{"visibility":"owner-only"}"#.utf8))
                #expect(answer.code == 200, "\(answer.text)")
            },
            { asker, made in
                let answer = try await asker.send(.delete, "/api/embeds/\(made.string("id") ?? "")", token: readerToken)
                #expect(answer.code == 204)
            },
            { _, _ in clock.advance(by: 2 * 86_400) },
            { _, _ in try await catalogue.labels.withdraw(label.id, from: reader.id) },
            { asker, _ in
                let answer = try await asker.post(
                    "/api/reports", json: #"{"issue":"privacy","picture_id":"\#(picture)"}"#, token: ownerToken)
                #expect(answer.code < 300, "\(answer.text)")
            },
            { asker, _ in
                let answer = try await asker.send(.delete, "/api/pictures/\(picture)", token: ownerToken)
                #expect(answer.code < 300, "\(answer.text)")
            },
        ]
        for (number, change) in changes.enumerated() {
            try await server.run { asker in
                try await catalogue.labels.grant(label.id, to: reader.id)
                if number < 5 { try await catalogue.pictures.setVisibility(picture, .loggedOnly) }
                if number == 5 { try await restore(asker) }
                let made = try await make(asker)
                let path = try path(made)
                #expect(try await asker.get(path).code == 200, "\(number)")
                try await change(asker, made)
                let frame = try await asker.get(path)
                #expect(frame.code == 404 && !frame.text.contains("data-picture"), "\(number)")
                for name in ["sd", "hd", "tiled/0_0"] {
                    #expect(try await asker.get(file(name, of: path)).code == 404, "\(number) \(name)")
                }
            }
        }
    }

    private func sequence() async throws -> SequenceID {
        try #require(try await server.test.catalogue.pictures.find(picture, viewer: .system)?.sequenceID)
    }

    private func restore(_ asker: Asker) async throws {
        let admin = try await server.test.addAccount("ada", .admin)
        let reports = try await asker.get("/api/reports", token: try await server.token(of: admin))
        let id = try #require(reports.ids(of: "reports").first.flatMap { ReportID($0) })
        try await server.test.catalogue.reports.restore(id, as: .ignored, by: .system, at: clock.now)
        try await server.test.process()
        try await server.fillStore(for: picture)
    }

    @Test("what is asked amiss is refused with a reason, and what one may not see is not there")
    func refused() async throws {
        let stranger = try await server.token(of: try await server.test.addAccount("sven", .manager))
        try await server.run { asker in
            let address = "/api/pictures/\(picture)/embeds"
            for body in [
                #"{"origins":[]}"#, #"{"origins":["*"]}"#, #"{"origins":["https://example.org"],"days":0}"#,
                #"{"origins":["https://a b"]}"#,
            ] {
                let answer = try await asker.post(address, json: body, token: readerToken)
                #expect(answer.code == 422, "\(body): \(answer.text)")
            }
            let french = try await asker.post(
                address, json: #"{"origins":[]}"#, token: readerToken, headers: [.acceptLanguage: "fr"])
            #expect(french.text.contains("Nommez les sites"))
            #expect(try await asker.post(address, json: #"{"origins":["*"]}"#, token: stranger).code == 404)
            #expect(try await asker.post(address, json: #"{"origins":["https://a.example"]}"#).code == 401)
        }
    }

    @Test("one sees and ends one's own, an administrator all, on the page too")
    func list() async throws {
        let admin = try await server.token(of: try await server.test.addAccount("ada", .admin))
        try await server.run { asker in
            let made = try await make(asker)
            let id = try #require(made.string("id"))
            #expect(try await asker.get("/api/embeds", token: ownerToken).ids(of: "embeds") == [])
            #expect(try await asker.get("/api/embeds?picture=\(picture)", token: admin).ids(of: "embeds") == [id])
            #expect(try await asker.send(.delete, "/api/embeds/\(id)", token: ownerToken).code == 404)
            let page = try await asker.get("/account/embeds", token: readerToken)
            #expect(page.text.contains("https://blog.example") && page.text.contains("/account/embeds/\(id)/revoke"))
            let ended = try await asker.send(
                .post, "/account/embeds/\(id)/revoke", token: readerToken,
                headers: [.contentType: "application/x-www-form-urlencoded"], body: [])
            #expect(ended.code == 303)
            let after = try await asker.get("/api/embeds", token: readerToken)
            #expect(after.value("embeds", "0", "url") is NSNull && after.string("embeds", "0", "revoked_at") != nil)
            #expect(try await asker.get(try path(made)).code == 404)
        }
    }
}
