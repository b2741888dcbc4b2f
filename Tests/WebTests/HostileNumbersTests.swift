import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// What somebody without an account may send: each of these once ended the server, or would have kept it busy for long.
@Suite("Numbers and lengths that nobody means")
struct HostileNumbersTests {
    @Test("a range that ends where numbers end is the rest of the file")
    func range() async throws {
        let server = try await TestServer()
        let whole = try await server.run { try await $0.get("/api/docs/openapi.yaml") }
        let answer = try await server.run {
            try await $0.get("/api/docs/openapi.yaml", headers: [.range: "bytes=9-9223372036854775807"])
        }
        #expect(answer.code == 206)
        #expect(answer.bytes.count == whole.bytes.count - 9)
    }

    @Test(
        "a date of a year with more or fewer than four digits is no date",
        arguments: ["999999999999", "99999999999999999", "-9223372036854775808", "94"])
    func year(_ year: String) async throws {
        let server = try await TestServer()
        let answer = try await server.run {
            try await $0.get(
                "/api/docs/openapi.yaml", headers: [.ifModifiedSince: "Sun, 06 Nov \(year) 08:49:37 GMT"])
        }
        #expect(answer.code == 200)
    }

    @Test("a sum of tens of thousands of numbers is refused", arguments: ["+", "-", "*", "/", "%", "^", " div "])
    func chain(_ symbol: String) async throws {
        let filter = "view:azimuth = " + Array(repeating: "1", count: 15_000).joined(separator: symbol)
        let answer = try await search(["filter": filter, "filter-lang": "cql2-text"])
        #expect(answer.code == 400)
        #expect(answer.text.contains("levels"), "\(answer.text)")
    }

    @Test("a thousand conditions, joined by AND or OR or in a list, are as good as one", arguments: ["AND", "OR"])
    func conditions(_ word: String) async throws {
        let one = "\"view:azimuth\" > 400"
        let filter = Array(repeating: one, count: 600).joined(separator: " \(word) ")
        #expect(try await search(["filter": filter, "filter-lang": "cql2-text"]).code == 200)
        let days = (0..<1_500).map { _ in "DATE('2026-06-01')" }.joined(separator: ",")
        #expect(try await search(["filter": "datetime IN (\(days))", "filter-lang": "cql2-text"]).code == 200)
    }

    @Test("a pattern is as long as a text may be, and no longer")
    func pattern() async throws {
        for (length, code) in [(9_000, 200), (60_000, 400)] {
            let text = String(repeating: "a", count: length)
            let filter = "\"original_file:name\" LIKE '\(text)'"
            let answer = try await search(["filter": filter, "filter-lang": "cql2-text"])
            #expect(answer.code == code, "\(answer.text)")
        }
    }

    @Test("the name of a field is no longer than any field's, and lies no deeper")
    func fields() async throws {
        for name in [
            String(repeating: ".", count: 100_000), String(repeating: "a", count: 201), "a.b.c.d.e.f.g.h.i.j.k",
        ] {
            #expect(try await search(["fields": ["include": [name]]]).code == 400)
            #expect(try await search(["fields": ["exclude": [name]]]).code == 400)
        }
        #expect(try await search(["fields": ["include": ["properties.view:azimuth"]]]).code == 200)
    }

    /// A POST to a public server, by a guest.
    private func search(_ body: [String: Any]) async throws -> Answer {
        let server = try await TestServer { $0.isPublic = true }
        let json = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        return try await server.run { try await $0.post("/api/search", json: json) }
    }
}
