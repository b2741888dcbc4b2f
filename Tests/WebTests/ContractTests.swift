import Domain
import Foundation
import HTTPTypes
import Hummingbird
import TestSupport
import Testing
import Web

@Suite("The contract of the API")
struct ContractTests {
    private func contract() throws -> Contract { try ContractFile.at("Docs/openapi.yaml").contract }

    /// Whether an address is part of the API; all others are pages.
    private static func isAPI(_ name: String) -> Bool {
        let path = name.drop { $0 != "/" }
        return path == "/api" || path.hasPrefix("/api/")
    }

    @Test("every route of the API is in the document, and the document has no other")
    func complete() async throws {
        let server = try await TestServer()
        let routes = Set(buildRouter(services: server.services).routes.map(\.name).filter(Self.isAPI))
        let documented = Set(try contract().operations.map(\.name))
        #expect(routes.subtracting(documented).sorted() == [], "not in Docs/openapi.yaml")
        #expect(documented.subtracting(routes).sorted() == [], "no such route")
    }

    @Test("every operation has a name of its own, and says what its path captures")
    func operations() throws {
        let operations = try contract().operations
        #expect(Set(operations.map(\.id)).count == operations.count)
        for operation in operations {
            let captures = operation.path.matches(of: /\{(\w+)\}/).map { String($0.1) }
            #expect(operation.id != nil, "\(operation.name)")
            #expect(operation.captures == captures, "\(operation.name)")
            #expect(operation.statuses.contains { $0 < 400 }, "\(operation.name)")
            // A token that does not hold is refused everywhere.
            #expect(operation.statuses.contains(401), "\(operation.name)")
        }
    }

    @Test("what an operation needs to be told is refused with a status that it documents")
    func refusals() async throws {
        let server = try await TestServer()
        let admin = try await server.addAccount("ada", .admin)
        let operations = try contract().operations
        try await server.run { asker in
            for operation in operations {
                let path = operation.path.replacing(/\{\w+\}/) { _ in UUID().uuidString.lowercased() }
                let method = try #require(HTTPRequest.Method(rawValue: operation.method))
                // Signing out ends one.
                let token = try await server.token(of: admin)
                for body in ["[1", #""text""#, "{}"] {
                    let answer = try await asker.send(
                        method, path, token: token, headers: [.contentType: "application/json"], body: Array(body.utf8))
                    #expect(operation.statuses.contains(answer.code), "\(operation.name) \(body): \(answer.code)")
                }
                let forged = try await asker.send(method, path, token: "forged")
                #expect(forged.code == 401, "\(operation.name)")
            }
        }
    }

    @Test("it is served as YAML, as JSON and as a page, to everybody", arguments: ["en", "fr"])
    func served(language: String) async throws {
        let server = try await TestServer()
        try await server.run { asker in
            let json = try await asker.get("/api/docs/openapi.json")
            let landing = try await asker.get("/api")
            #expect(landing.links("service-desc").first?["type"] as? String == json.headers[.contentType])
            #expect(json.string("openapi") == "3.1.0")
            let yaml = try await asker.get("/api/docs/openapi.yaml")
            let written = try String(contentsOfFile: "Docs/openapi.yaml", encoding: .utf8)
            #expect(yaml.text == written)
            let tag = try #require(yaml.headers[.eTag])
            #expect(try await asker.get("/api/docs/openapi.yaml", headers: [.ifNoneMatch: tag]).code == 304)
            let page = try await asker.get("/api/docs", headers: [.acceptLanguage: language])
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains("<html lang=\"\(language)\">"))
            // The pages' own scripts and styles know other things by their names.
            let anchors = page.text.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
            #expect(Set(anchors).count == anchors.count)
            for operation in try contract().operations {
                let id = try #require(operation.id)
                #expect(page.text.contains("id=\"operation-\(id)\""), "\(operation.name)")
            }
        }
    }
}
