import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Sequences as a feed")
struct FeedTests {
    @Test("a feed has latitude before longitude, escapes what people wrote, and shows what one may see")
    func feed() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Alpha")
        let owner = try await server.test.addAccount("Tom & <Jerry>", .field, grants: [label])
        let added = try await server.test.addPreparedPictures(
            [TestPicture("a.jpg")], by: owner, label: label, title: "A < B & \"C\" \u{1}")
        let picture = try await server.test.catalogue.pictures.find(added.pictures[0], viewer: .system)
        let place = try #require(picture?.tags?.position)
        let reader = try await server.token(of: try await server.test.addAccount("in", .viewer, grants: [label]))
        let outsider = try await server.token(of: try await server.test.addAccount("out", .viewer))
        try await server.run { asker in
            for headers in [HTTPFields([.init(name: .accept, value: "application/rss+xml")]), [:]] {
                let path = headers.isEmpty ? "/api/collections?format=rss" : "/api/collections"
                let answer = try await asker.get(path, token: reader, headers: headers)
                #expect(answer.headers[.contentType] == "application/rss+xml; charset=utf-8")
                let parser = XMLParser(data: Data(answer.bytes))
                let reading = FeedReading()
                parser.delegate = reading
                #expect(parser.parse(), "\(answer.text)")
                #expect(reading.texts["title"]?.last == "A < B & \"C\"")
                #expect(reading.texts["dc:creator"] == ["Tom & <Jerry>"])
                let point = try #require(reading.texts["georss:point"]?.first).split(separator: " ").compactMap {
                    Double($0)
                }
                #expect(abs(point[0] - place.latitude) < 1e-6 && abs(point[1] - place.longitude) < 1e-6)
                #expect(abs(place.latitude - place.longitude) > 1, "else the order would not show")
            }
            let other = try await asker.get("/api/collections?format=rss", token: outsider)
            #expect(other.code == 200 && !other.text.contains("<item>") && !other.text.contains("Jerry"))
            #expect(try await asker.get("/api/collections?format=rss").code == 401)
            #expect(try await asker.get("/api/collections?format=csv", token: reader).code == 400)
        }
    }

    @Test("a feed is compressed for who says that it may be")
    func compressed() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Alpha")
        let owner = try await server.test.addAccount("ada", .field, grants: [label])
        for _ in 0..<5 { try await server.test.addPreparedPicture(by: owner, label: label) }
        let token = try await server.token(of: owner)
        try await server.run { asker in
            let plain = try await asker.get("/api/collections?format=rss", token: token)
            let packed = try await asker.get(
                "/api/collections?format=rss", token: token, headers: [.acceptEncoding: "gzip"])
            #expect(plain.headers[.contentEncoding] == nil)
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(try Gunzip.bytes(packed.bytes) == plain.bytes)
        }
    }
}

/// The texts of each element.
private final class FeedReading: NSObject, XMLParserDelegate {
    var texts: [String: [String]] = [:]
    private var text = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) { text = "" }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        texts[name, default: []].append(text.trimmingCharacters(in: .whitespaces))
        text = ""
    }
}
