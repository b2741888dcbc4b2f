import Domain
import HTTPTypes
import Hummingbird
import TestSupport
import Testing
import Web

@Suite("Every route, for everybody")
struct RouteTableTests {
    @Test("every route is in the table, and the table has no other")
    func complete() async throws {
        let server = try await TestServer()
        let routes = Set(buildRouter(services: server.services).routes.map(\.name))
        #expect(routes.subtracting(RouteTable.cases.keys).sorted() == [], "not classified")
        #expect(Set(RouteTable.cases.keys).subtracting(routes).sorted() == [], "no such route")
    }

    @Test(
        "each route answers each asker as the table says, and tells nothing to who may not see",
        arguments: Street.Who.allCases)
    func answers(who: Street.Who) async throws {
        var street = try await Street(who)
        let documented = Dictionary(
            uniqueKeysWithValues: try ContractFile.at("Docs/openapi.yaml").contract.operations
                .map { ($0.name, $0.statuses) })
        for (name, route) in RouteTable.cases.sorted(by: { $0.key < $1.key }) {
            let answer = try await ask(route, name: name, street)
            let expected = route.expected(who)
            #expect(expected.contains(answer.code), "\(who) \(name): \(answer.code) \(answer.text.prefix(200))")
            if let statuses = documented[name] {
                #expect(statuses.contains(answer.code), "\(who) \(name): \(answer.code) is not in Docs/openapi.yaml")
            }
            if !who.isIn {
                for secret in street.secrets {
                    #expect(!answer.text.contains(secret), "\(who) \(name) tells \(secret)")
                    #expect(!"\(answer.headers)".contains(secret), "\(who) \(name) tells \(secret) in a header")
                }
            }
            if route.mutates, (200...399).contains(answer.code) { street = try await Street(who) }
        }
    }

    @Test("lists show a picture to who may see it", arguments: [Street.Who.viewerIn, .fieldIn, .managerIn, .admin])
    func lists(who: Street.Who) async throws {
        let street = try await Street(who)
        for path in ["/api/search?bbox=2,48,3,49", "/api/collections", "/api/map/15/16598/11273.mvt"] {
            let answer = try await street.server.run { try await $0.get(path, token: street.token) }
            let needle = path.hasPrefix("/api/collections") ? street.sequence.string : street.picture.string
            #expect(answer.text.contains(needle), "\(who) \(path)")
        }
    }

    private func ask(_ route: RouteCase, name: String, _ street: Street) async throws -> Answer {
        let foreign = try await street.server.services.issueToken(for: street.owner, description: "").token
        let fill = { (text: String) in
            street.fill(text).replacing("{foreignToken}", with: foreign.id.string)
        }
        let path = fill(route.path)
        let method = HTTPRequest.Method(rawValue: String(name.prefix { $0 != " " })) ?? .get
        var body = route.body.map { Array(fill($0).utf8) }
        var headers = route.headers
        if let form = route.form {
            body = Array(fill(form).utf8)
            headers[.contentType] = "application/x-www-form-urlencoded"
        }
        if route.multipart {
            body = Multipart.body(file: TestJPEG.drive(1).bytes(), name: "new.jpg")
            for field in Multipart.headers { headers[field.name] = field.value }
        }
        if route.isPicture { body = TestJPEG.drive(1).bytes() }
        return try await street.server.run { [body, headers] asker in
            try await asker.send(method, path, token: street.token, headers: headers, body: body)
        }
    }
}

extension Router.RouteDescription {
    /// `GET /api/pictures/:picture`, captures as they are written in the code.
    var name: String { "\(method.rawValue) \(path.description.hasPrefix("/") ? path.description : "/\(path)")" }
}
