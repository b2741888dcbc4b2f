import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Tokens as programs send them")
struct AuthorizationTests {
    private func basic(_ text: String) -> String { "Basic \(Data(text.utf8).base64EncodedString())" }

    @Test("as bearer, or as the password of Basic beside any name; nothing else counts, and Basic is never asked for")
    func forms() async throws {
        let server = try await TestServer()
        let anna = try await server.addAccount("anna", .field)
        let token = try await server.token(of: anna)
        let login = AccessToken(
            accountID: anna.id, purpose: .session, description: "", createdAt: .now,
            expiresAt: .now.addingTimeInterval(600))
        try await server.test.catalogue.tokens.insert(login)
        let session = try await server.services.tokenSigner.sign(login)
        let good = ["Bearer \(token)", "bearer  \(token)", basic("anna:\(token)"), basic(":\(token)")]
        let bad = [
            "Bearer", "Bearer x", "Basic", "Basic %%%", basic("anna"), basic("anna:"), basic(token),
            // An account's own password opens nothing this way, and neither does what a browser signs in with.
            basic("anna:\(TestServer.password)"), basic("anna:\(session)"), "Digest \(token)", token,
        ]
        try await server.run { asker in
            for value in good {
                #expect(try await asker.get("/api/users/me", headers: [.authorization: value]).string("name") == "anna")
            }
            for value in bad {
                let answer = try await asker.get("/api/users/me", headers: [.authorization: value])
                #expect(answer.code == 401, "\(value)")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }
}
