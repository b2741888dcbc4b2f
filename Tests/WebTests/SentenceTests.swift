import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("What clients are told, in their language")
struct SentenceTests {
    private static let french = "Templates/Language/sentences-fr.json"

    private func sentences() throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(contentsOf: URL(filePath: Self.french)))
    }

    @Test("every sentence that a client can be told has a French one")
    func complete() throws {
        let known = try sentences()
        let said = try SourceSentences.all(
            in: [
                "Sources/Domain", "Sources/Catalogue", "Sources/CatalogueSQLite", "Sources/Intake", "Sources/Transfers",
                "Sources/GeoPackage",
                "Sources/Web",
            ]
        ).filter { !$0.value.contains("/Contract/") }
            // All that the darkroom tells of itself is why a picture is refused.
            .merging(try SourceSentences.all(in: ["Sources/Darkroom"], after: ["Rejection("])) { first, _ in first }
        try #require(said.count > 150)
        let missing = said.filter { known[$0.key] == nil }
        #expect(missing.map { "\($0.key) – \($0.value)" }.sorted() == [], "add them to \(Self.french)")
    }

    @Test("so has what the storage says to clients; the rest of its sentences are the operator's")
    func storage() throws {
        let known = try sentences()
        let said = try SourceSentences.all(in: ["Sources/Storage", "Sources/StorageS3"])
        for sentence in [
            "The stored file is not there.", "The server's storage is full.",
            "The server's storage cannot be used for the moment.",
            "The server's disk is full; nothing of this was kept.", "Another request is sending this file.",
            "The staged file was removed while it was being received; send it again.",
        ] {
            #expect(said[sentence] != nil && known[sentence] != nil, "\(sentence)")
        }
    }

    @Test("a French sentence has the gaps of the English one")
    func gaps() throws {
        for (english, french) in try sentences() {
            let gaps = { (text: String) in Set(text.matches(of: /\{\d\}/).map { String($0.output) }) }
            #expect(gaps(english) == gaps(french), "\(english)")
            #expect(english != french && !french.isEmpty, "\(english)")
        }
    }

    @Test("what is filled in stays, and a sentence in a sentence is translated too")
    func filled() throws {
        let french = Sentences(sentences: try sentences())
        #expect(french("'limit' is a whole number from 1 to 1000.") == "« limit » est un nombre entier de 1 à 1000.")
        #expect(french("Feature 2: An area is a GeoJSON Feature.") == "Feature 2 : Une zone est une Feature GeoJSON.")
        #expect(french("Nobody has said this before.") == "Nobody has said this before.")
        #expect(Sentences.english("Sign in first.") == "Sign in first.")
    }

    @Test(
        "why a filter is refused is told in French to the last word, and what was written stays as it was",
        arguments: [
            ("colour = 1", "Il n’y a pas de propriété « colour » ici ; /api/queryables les liste toutes."),
            ("datetime", "Le filtre ne peut pas être utilisé : « datetime » n’est ni vrai ni faux à lui seul."),
            ("1", "Le filtre ne peut pas être utilisé : le nombre 1.0 n’est pas une condition."),
            (
                "\"view:azimuth\" = 'a list'",
                "Le filtre ne peut pas être utilisé : le texte « a list » est un texte là où il faut un nombre."
            ),
            ("id =", "Le filtre ne peut pas être lu : au caractère 5, il faut une valeur, pas la fin."),
            ("nearly(id)", "Le filtre ne peut pas être lu : au caractère 1, la fonction « nearly » n’est pas connue."),
        ])
    func filter(text: String, detail: String) async throws {
        let server = try await TestServer()
        let token = try await server.token(of: try await server.addAccount("ada", .admin))
        let filter = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let answer = try await server.run {
            try await $0.get("/api/search?filter=\(filter)", token: token, headers: [.acceptLanguage: "fr"])
        }
        #expect(answer.code == 400)
        #expect(answer.string("detail") == detail)
    }

    @Test(
        "a problem is told in the language that is asked for",
        arguments: [
            ("fr", "fr", "Introuvable", "Cette photo n’existe pas."),
            ("fr-CA, en;q=0.5", "fr", "Introuvable", "Cette photo n’existe pas."),
            ("de, en;q=0.5", "en", "Not Found", "There is no such picture."),
            ("", "en", "Not Found", "There is no such picture."),
        ])
    func problem(accepted: String, language: String, title: String, detail: String) async throws {
        let street = try await Street(.viewerOut)
        let answer = try await street.server.run {
            try await $0.get(
                "/api/pictures/\(street.picture)", token: street.token, headers: [.acceptLanguage: accepted])
        }
        #expect(answer.code == 404)
        #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(answer.headers[.contentLanguage] == language)
        #expect(answer.headers[.vary]?.contains("Accept-Language") == true)
        #expect(answer.string("title") == title)
        #expect(answer.string("detail") == detail)
        #expect(answer.string("message") == detail)
        #expect(answer.string("code") == "notFound")
    }

    @Test("errors that the framework finds are problems as well, in both languages")
    func framework() async throws {
        let server = try await TestServer()
        let token = try await server.token(of: try await server.addAccount("ada", .admin))
        let large = [UInt8](repeating: 0x20, count: 2 << 20)
        let cases: [(HTTPRequest.Method, String, HTTPFields, [UInt8]?, Int, String)] = [
            (.post, "/api/search", [:], Array("{".utf8), 400, "Le corps n’est pas du JSON valable."),
            (.post, "/api/camera_labels", [:], Array("{}".utf8), 400, "Le champ « name » manque."),
            (.post, "/api/accounts", [:], Array(#"{"name":1}"#.utf8), 400, "Le champ « name » n’a pas le bon type."),
            (.get, "/api/nothing", [:], nil, 404, "Cette page n’existe pas."),
            (.delete, "/api/search", [:], nil, 405, "Cette adresse n’accepte pas cette méthode."),
            (.post, "/api/search", [:], large, 413, "Le corps est plus grand que ce qui est accepté ici."),
            (
                .post, "/api/search", [.contentType: "application/x-www-form-urlencoded"], Array("a=b".utf8), 415,
                "Envoyez le corps en application/json."
            ),
            (
                .post, "/api/search", [.contentEncoding: "gzip"], Array("{}".utf8), 415,
                "Content-Encoding n’est pas accepté dans les requêtes : envoyez le corps tel quel."
            ),
        ]
        try await server.run { asker in
            for (method, path, headers, body, status, detail) in cases {
                var headers = headers
                headers[.acceptLanguage] = "fr"
                let answer = try await asker.send(method, path, token: token, headers: headers, body: body)
                #expect(answer.code == status, "\(method) \(path)")
                #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8", "\(method) \(path)")
                #expect(answer.string("detail") == detail, "\(method) \(path)")
                #expect(answer.value("status") as? Int == status, "\(method) \(path)")
                if status == 405 { #expect(answer.headers[.allow] == "GET, HEAD, POST") }
            }
        }
    }
}
