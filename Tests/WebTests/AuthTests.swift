import Catalogue
import Domain
import Foundation
import HTTPTypes
import JWTKit
import NIOCore
import TestSupport
import Testing
import Web

@Suite("Who is asking")
struct AuthTests {
    private static let me = "/api/users/me"

    /// A token of our own making: the three parts, with the signature that `sign` gives.
    private func forged(header: String, claims: String, sign: (String) -> Data) -> String {
        let encode = { (data: Data) in
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        let content = "\(encode(Data(header.utf8))).\(encode(Data(claims.utf8)))"
        return "\(content).\(encode(sign(content)))"
    }

    @Test("a token without a signature, or signed with another key, opens nothing")
    func forgery() async throws {
        let server = try await TestServer()
        let anna = try await server.test.addAccount("anna", .admin)
        let issued = try await server.services.issueToken(for: anna, description: "")
        let kid = server.services.tokenSigner.keys.identifier
        let claims = """
            {"sub":"\(anna.id)","jti":"\(issued.token.id)","aud":"wayside:api","iat":1700000000,"exp":4000000000}
            """
        let none = forged(header: #"{"alg":"none","typ":"JWT","kid":"\#(kid)"}"#, claims: claims) { _ in Data() }
        let empty = forged(header: #"{"alg":"HS256","typ":"JWT","kid":"\#(kid)"}"#, claims: claims) { _ in Data() }
        let other = try await JWTKeyCollection().add(
            hmac: "a key that somebody else made up, long enough", digestAlgorithm: .sha256,
            kid: JWKIdentifier(string: kid)
        ).sign(try Self.claims(claims), kid: JWKIdentifier(string: kid))
        let parts = issued.signed.split(separator: ".").map(String.init)
        let swapped = "\(parts[0]).\(other.split(separator: ".")[1]).\(parts[2])"
        let cut = String(issued.signed.dropLast(3))
        for token in [none, empty, other, swapped, cut, "", "x", "a.b.c", "..", issued.signed + "."] {
            let answer = try await server.run {
                try await $0.get(Self.me, headers: [.authorization: "Bearer \(token)"])
            }
            #expect(answer.code == 401, "\(token)")
        }
        #expect(try await server.run { try await $0.get(Self.me, token: issued.signed) }.code == 200)
    }

    private struct Claims: JWTPayload {
        let sub: SubjectClaim
        let jti: IDClaim
        let aud: AudienceClaim
        let iat: IssuedAtClaim
        let exp: ExpirationClaim
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    private static func claims(_ json: String) throws -> Claims {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        return try decoder.decode(Claims.self, from: Data(json.utf8))
    }

    @Test("an expired token opens nothing, though its row is there")
    func expired() async throws {
        let server = try await TestServer()
        let anna = try await server.test.addAccount("anna", .admin)
        let token = AccessToken(
            accountID: anna.id, purpose: .api, description: "", createdAt: .now.addingTimeInterval(-7200),
            expiresAt: .now.addingTimeInterval(-3600))
        try await server.test.catalogue.tokens.insert(token)
        let signed = try await server.services.tokenSigner.sign(token)
        #expect(try await server.run { try await $0.get(Self.me, token: signed) }.code == 401)
    }

    @Test("a row shorter than its token counts")
    func rowExpired() async throws {
        let server = try await TestServer()
        let anna = try await server.test.addAccount("anna", .admin)
        let row = AccessToken(
            accountID: anna.id, purpose: .api, description: "", expiresAt: .now.addingTimeInterval(-1))
        try await server.test.catalogue.tokens.insert(row)
        let long = AccessToken(
            id: row.id, accountID: anna.id, purpose: .api, description: "", expiresAt: .now.addingTimeInterval(3600))
        let signed = try await server.services.tokenSigner.sign(long)
        #expect(try await server.run { try await $0.get(Self.me, token: signed) }.code == 401)
    }

    @Test("a revoked token stops at once when this server revokes it")
    func revoked() async throws {
        let server = try await TestServer()
        let anna = try await server.test.addAccount("anna", .field)
        let issued = try await server.services.issueToken(for: anna, description: "")
        let codes = try await server.run { asker in
            let before = try await asker.get(Self.me, token: issued.signed).code
            let revoke = try await asker.send(.delete, "/api/users/me/tokens/\(issued.token.id)", token: issued.signed)
                .code
            let after = try await asker.get(Self.me, token: issued.signed).code
            return [before, revoke, after]
        }
        #expect(codes == [200, 204, 401])
    }

    @Test("a revocation or a disabling by another process works within a second")
    func revokedElsewhere() async throws {
        let server = try await TestServer()
        let anna = try await server.test.addAccount("anna", .field)
        let bert = try await server.test.addAccount("bert", .field)
        let first = try await server.services.issueToken(for: anna, description: "")
        let second = try await server.services.issueToken(for: bert, description: "")
        try await server.run { asker in
            #expect(try await asker.get(Self.me, token: first.signed).code == 200)
            #expect(try await asker.get(Self.me, token: second.signed).code == 200)
            _ = try await server.test.catalogue.tokens.revoke(first.token.id, of: anna.id)
            var disabled = bert
            disabled.isDisabled = true
            try await server.test.catalogue.accounts.update(disabled)
            try await eventually(within: .seconds(1), orAsks: 50) {
                let codes = [
                    try await asker.get(Self.me, token: first.signed).code,
                    try await asker.get(Self.me, token: second.signed).code,
                ]
                return codes == [401, 401]
            }
        }
    }

    @Test("login cookies and API tokens do not stand in for one another")
    func audiences() async throws {
        let server = try await TestServer()
        let anna = try await server.test.addAccount("anna", .field)
        let api = try await server.services.issueToken(for: anna, description: "").signed
        let session = try await server.services.login.open(for: anna, description: "").signed
        let codes = try await server.run { asker in
            [
                try await asker.get(Self.me, headers: [.cookie: "wayside=\(session)"]).code,
                try await asker.get(Self.me, headers: [.cookie: "wayside=\(api)"]).code,
                try await asker.get(Self.me, token: session).code,
                try await asker.get(Self.me, token: api).code,
            ]
        }
        #expect(codes == [200, 401, 401, 200])
    }

    @Test("after five wrong passwords even the right one has to wait, and others are not held up")
    func lockOut() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .field)
        try await server.addAccount("bert", .field)
        let login = { (name: String, password: String) in
            try await server.run {
                try await $0.post("/api/auth/login", json: #"{"name":"\#(name)","password":"\#(password)"}"#)
            }
        }
        for _ in 0..<5 { #expect(try await login("anna", "wrong password").code == 401) }
        let locked = try await login("ANNA", TestServer.password)
        #expect(locked.code == 429)
        #expect(Int(try #require(locked.headers[.retryAfter])) ?? 0 > 0)
        #expect(try await login("bert", TestServer.password).code == 200)
        // Persisted: another server on the same catalogue knows it.
        #expect(try await server.test.catalogue.accounts.attempts(key: "name:anna").lockedUntil != nil)
    }

    @Test("a volley of guesses at the same moment gains nothing")
    func volley() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .field)
        let codes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await server.run {
                        try await $0.post("/api/auth/login", json: #"{"name":"anna","password":"wrong password"}"#).code
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count { $0 == 401 } <= 6)
    }

    @Test("a wrong name and a wrong password get the same answer")
    func sameAnswer() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .field)
        let answers = try await server.run { asker in
            [
                try await asker.post("/api/auth/login", json: #"{"name":"anna","password":"wrong password"}"#).text,
                try await asker.post("/api/auth/login", json: #"{"name":"nobody","password":"wrong password"}"#).text,
            ]
        }
        #expect(answers[0] == answers[1])
    }

    @Test("a given password must be changed before anything else; tokens from the console work at once")
    func forcedChange() async throws {
        let server = try await TestServer()
        let anna = try await server.addAccount("anna", .field, mustChangePassword: true)
        let token = try await server.token(of: anna)
        try await server.run { asker in
            let login = try await asker.post(
                "/api/auth/login", json: #"{"name":"anna","password":"\#(TestServer.password)"}"#)
            let cookie = String(try #require(login.headers[.setCookie]).prefix { $0 != ";" })
            let same: HTTPFields = [.cookie: cookie, .origin: "http://localhost"]
            let held = try await asker.get("/api/collections", headers: same)
            #expect(held.code == 403)
            #expect(held.string("details", "reason") == "password_change_required")
            #expect(try await asker.get(Self.me, headers: same).value("must_change_password") as? Bool == true)
            #expect(try await asker.get("/api/collections", token: token).code == 200)
            let page = try await asker.get(
                "/no-such-page", headers: [.cookie: cookie, .accept: "text/html"])
            #expect(page.code == 404)
            for (old, new) in [
                ("wrong", "a new long password"), (TestServer.password, "short"),
                (TestServer.password, TestServer.password), (TestServer.password, "aaaaaaaaaaaa"),
            ] {
                let refused = try await asker.post(
                    "/api/users/me/password", json: #"{"old":"\#(old)","new":"\#(new)"}"#, headers: same)
                #expect(refused.code == 422, "\(new)")
            }
            let changed = try await asker.post(
                "/api/users/me/password", json: #"{"old":"\#(TestServer.password)","new":"a new long password"}"#,
                headers: same)
            #expect(changed.code == 200)
            #expect(try await asker.get("/api/collections", headers: same).code == 401, "the old session is over")
            let fresh = String(try #require(changed.headers[.setCookie]).prefix { $0 != ";" })
            #expect(try await asker.get("/api/collections", headers: [.cookie: fresh]).code == 200)
        }
    }

    @Test("an administrator makes accounts, grants labels and cannot lock themselves out")
    func administration() async throws {
        let server = try await TestServer()
        let boss = try await server.test.addAccount("boss", .admin)
        let token = try await server.token(of: boss)
        try await server.run { asker in
            let made = try await asker.post("/api/accounts", json: #"{"name":"Fred","role":"field"}"#, token: token)
            #expect(made.code == 201)
            let password = try #require(made.string("password"))
            let id = try #require(made.string("id"))
            let taken = try await asker.post("/api/accounts", json: #"{"name":"fred","role":"field"}"#, token: token)
            #expect(taken.code == 409)
            let label = try await asker.post("/api/camera_labels", json: #"{"name":"Cam 1"}"#, token: token)
            let labelID = try #require(label.string("id"))
            let put = try await asker.send(.put, "/api/camera_labels/\(labelID)/grants/\(id)", token: token)
            #expect(put.code == 204)
            let login = try await asker.post("/api/auth/login", json: #"{"name":"Fred","password":"\#(password)"}"#)
            #expect(login.value("must_change_password") as? Bool == true)
            let own = try await asker.send(
                .patch, "/api/accounts/\(boss.id)", token: token, body: Array(#"{"role":"viewer"}"#.utf8))
            #expect(own.code == 409)
            let unsafe = try await asker.send(
                .patch, "/api/camera_labels/\(labelID)", token: token, body: Array(#"{"redaction":"none"}"#.utf8))
            #expect(unsafe.code == 422)
            let confirmed = try await asker.send(
                .patch, "/api/camera_labels/\(labelID)", token: token,
                body: Array(#"{"redaction":"none","confirm_no_redaction":true}"#.utf8))
            #expect(confirmed.code == 200)
        }
    }

    @Test("the secret key is made once, for its owner's eyes only")
    func secrets() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("secrets")
        let first = try await TokenSigner(secretsFolder: path)
        let second = try await TokenSigner(secretsFolder: path)
        #expect(first.keys.identifier == second.keys.identifier)
        let files = FileManager.default
        #expect(try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o700)
        #expect(try files.attributesOfItem(atPath: path + "/master.key")[.posixPermissions] as? Int == 0o600)
        #expect(try files.contentsOfDirectory(atPath: path) == ["master.key"])
    }
}
