import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// Too many attempts are answered with 429 and when to come back; time is the test's own.
@Suite("Limits of attempts")
struct LimitTests {
    private static let forwarded = HTTPField.Name("X-Forwarded-For") ?? .origin
    private let clock = TestClock()

    private func logIn(
        _ asker: Asker, _ name: String, _ password: String, from address: String = "192.0.2.1"
    ) async throws -> Answer {
        try await asker.post(
            "/api/auth/login", json: #"{"name":"\#(name)","password":"\#(password)"}"#,
            headers: [Self.forwarded: address])
    }

    @Test("a lock after wrong passwords opens when its time is over")
    func account() async throws {
        let server = try await TestServer(clock: clock)
        try await server.addAccount("ada", .viewer)
        try await server.run { asker in
            for _ in 0..<5 { #expect(try await logIn(asker, "ada", "wrong password").code == 401) }
            let locked = try await logIn(asker, "ada", TestServer.password)
            #expect(locked.code == 429 && locked.headers[.retryAfter] == "30")
            clock.advance(by: 29)
            #expect(try await logIn(asker, "ada", TestServer.password).headers[.retryAfter] == "1")
            clock.advance(by: 1)
            #expect(try await logIn(asker, "ada", TestServer.password).code == 200)
        }
    }

    @Test("who guesses many names from one address behind the proxy is locked, and others are not")
    func address() async throws {
        let server = try await TestServer(clock: clock) { $0.trustedProxies = ["127.0.0.1", "::1"] }
        try await server.addAccount("ada", .viewer)
        try await server.runLive { asker in
            for number in 0..<30 {
                let answer = try await logIn(asker, "nobody-\(number)", "wrong password", from: "198.51.100.7")
                #expect(answer.code == 401)
            }
            let locked = try await logIn(asker, "ada", TestServer.password, from: "198.51.100.7")
            #expect(locked.code == 429 && locked.headers[.retryAfter] == "30")
            #expect(try await logIn(asker, "ada", TestServer.password, from: "198.51.100.8").code == 200)
            clock.advance(by: 30)
            #expect(try await logIn(asker, "ada", TestServer.password, from: "198.51.100.7").code == 200)
        }
    }

    @Test("reports are counted for an hour, for each account")
    func reports() async throws {
        let server = try await TestServer(clock: clock) { $0.reportsPerHour = 1 }
        let label = try await server.test.addLabel("Alpha")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let ada = try await server.token(of: try await server.test.addAccount("ada", .viewer, grants: [label]))
        let bob = try await server.token(of: try await server.test.addAccount("bob", .viewer, grants: [label]))
        var pictures: [PictureID] = []
        for _ in 0..<4 { pictures.append(try await server.test.addPreparedPicture(by: owner, label: label)) }
        try await server.run { [pictures] asker in
            func report(_ index: Int, _ token: String) async throws -> Answer {
                try await asker.post(
                    "/api/reports", json: #"{"issue":"other","picture_id":"\#(pictures[index])"}"#, token: token)
            }
            #expect(try await report(0, ada).code == 201)
            clock.advance(by: 1200)
            let refused = try await report(1, ada)
            #expect(refused.code == 429 && refused.headers[.retryAfter] == "2400")
            #expect(try await report(2, bob).code == 201)
            clock.advance(by: 2400)
            #expect(try await report(1, ada).code == 201)
        }
    }
}
