import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("HEAD, conditions and slashes")
struct ConditionalTests {
    @Test("every GET of the API has a HEAD with the same status and headers, and no body")
    func head() async throws {
        // Some answers say how long ago something was.
        let street = try await Street(.admin, clock: TestClock())
        let fields: [HTTPField.Name] = [
            .contentType, .contentLength, .contentEncoding, .transferEncoding, .eTag, .lastModified, .cacheControl,
            .vary, .location, .contentDisposition,
        ]
        // On a socket: what has no length gets none only there.
        try await street.server.runLive { asker in
            for (name, route) in RouteTable.cases.sorted(by: { $0.key < $1.key }) where name.hasPrefix("GET /api") {
                for coding in ["identity", "gzip"] {
                    // A token that nobody has.
                    let path = street.fill(route.path).replacing("{foreignToken}", with: street.owner.id.string)
                    var headers = route.headers
                    headers[.acceptEncoding] = coding
                    let whole = try await asker.get(path, token: street.token, headers: headers)
                    let head = try await asker.send(.head, path, token: street.token, headers: headers)
                    #expect(head.code == whole.code, "\(name)")
                    #expect(head.bytes.isEmpty, "\(name)")
                    for field in fields {
                        // What a file becomes is known once it is compressed: then HEAD tells no length, and never another.
                        let isLength = field == .contentLength || field == .transferEncoding
                        if coding == "gzip", isLength, head.headers[.contentLength] == nil { continue }
                        #expect(head.headers[field] == whole.headers[field], "\(name) \(field) \(coding)")
                    }
                }
            }
        }
    }

    @Test("a slash at the end of a path changes nothing")
    func slashes() async throws {
        let street = try await Street(.admin)
        try await street.server.run { asker in
            for (name, route) in RouteTable.cases.sorted(by: { $0.key < $1.key }) where name.hasPrefix("GET /api") {
                let parts = street.fill(route.path).split(separator: "?", maxSplits: 1)
                let slashed = ([parts[0] + "/"] + parts.dropFirst()).joined(separator: "?")
                let plain = try await asker.get(parts.joined(separator: "?"), token: street.token)
                let answer = try await asker.get(slashed, token: street.token)
                #expect(answer.code == plain.code, "\(name)")
                #expect(answer.headers[.contentType] == plain.headers[.contentType], "\(name)")
            }
            let found = try await asker.post("/api/search/", json: #"{"bbox":[2,48,3,49]}"#, token: street.token)
            #expect(found.text.contains(street.picture.string))
            let wrong = try await asker.send(.put, "/api/search/", token: street.token)
            #expect(wrong.code == 405)
            #expect(wrong.headers[.allow] == "GET, HEAD, POST")
            // Not what it would be if this were the name of a collection.
            let written = try await asker.send(.patch, "/api/collections/queryables", token: street.token)
            #expect(written.code == 405)
            #expect(written.headers[.allow] == "GET, HEAD")
        }
    }

    @Test("a document the client has is not sent again, until it changes or is hidden")
    func documents() async throws {
        let street = try await Street(.viewerIn)
        let path = "/api/collections/\(street.sequence)"
        try await street.server.run { asker in
            let fresh = try await asker.get(path, token: street.token)
            let tag = try #require(fresh.headers[.eTag])
            let again = try await asker.get(path, token: street.token, headers: [.ifNoneMatch: "\"other\", \(tag)"])
            #expect(again.code == 304)
            #expect(again.bytes.isEmpty)
            #expect(again.headers[.eTag] == tag)
            #expect(again.headers[.cacheControl] == "private, no-cache")
            #expect(again.headers[.vary]?.contains("Authorization") == true)
            #expect(try await asker.get(path, token: street.token, headers: [.ifNoneMatch: "\"other\""]).code == 200)
            // The form that was compressed has a tag of its own, and is the same document.
            let packed = try await asker.get(path, token: street.token, headers: [.acceptEncoding: "gzip"])
            let packedTag = try #require(packed.headers[.eTag])
            #expect(packedTag != tag)
            #expect(try await asker.get(path, token: street.token, headers: [.ifNoneMatch: packedTag]).code == 304)
            let sequences = street.server.test.catalogue.sequences
            try await sequences.edit(street.sequence, SequenceEdit(title: "another"), by: .system)
            #expect(try await asker.get(path, token: street.token, headers: [.ifNoneMatch: tag]).code == 200)
            try await sequences.edit(street.sequence, SequenceEdit(visibility: .ownerOnly), by: .system)
            #expect(try await asker.get(path, token: street.token, headers: [.ifNoneMatch: tag]).code == 404)
        }
    }

    @Test("no answer that depends on who asks may be kept by a shared cache")
    func caches() async throws {
        let street = try await Street(.admin)
        let open = ["/api/docs", "/api/docs/openapi.json", "/api/docs/openapi.yaml", "/api/docs/swagger"]
        try await street.server.run { asker in
            for (name, route) in RouteTable.cases where name.hasPrefix("GET /api") && !open.contains(route.path) {
                let answer = try await asker.get(street.fill(route.path), token: street.token)
                guard answer.code == 200 else { continue }
                let control = answer.headers[.cacheControl] ?? ""
                #expect(control.contains("private") || control.contains("no-store"), "\(name): \(control)")
                #expect(answer.headers[.vary]?.contains("Authorization") == true, "\(name)")
            }
        }
    }
}
