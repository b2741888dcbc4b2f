import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Whose the pictures of an import are, and who may see them", .serialized, .timeLimit(.minutes(5)))
struct ImportOptionsTests {
    /// Asks the catalogue of a server that may be running.
    private func asking<Value: Sendable>(
        _ server: BuiltServer, _ body: (Catalogue) async throws -> Value
    ) async throws -> Value {
        let engine = try await SQLiteEngine(
            path: "\(server.data)/catalogue.sqlite", migrations: CatalogueEngines.sqlite.migrations)
        defer { try? engine.close() }
        return try await body(Catalogue(engine: engine))
    }

    private func visibilities(_ server: BuiltServer) async throws -> [String: Visibility] {
        try await asking(server) { catalogue in
            let sets = try await catalogue.uploadSets.list(
                of: nil, dispatched: nil, before: nil, limit: 100, viewer: .system)
            return Dictionary(sets.map { ($0.title, $0.visibility) }) { first, _ in first }
        }
    }

    @Test("those without a place wait to be told with --hold-unplaced, and are refused without")
    func unplaced() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await server.wayside("label", "create", "car-7")
        var jpeg = TestJPEG()
        jpeg.position = nil
        func take(_ seed: UInt64, _ more: String...) async throws -> String {
            jpeg.seed = seed
            let card = server.folder.file("card-\(seed)")
            try FileManager.default.createDirectory(atPath: card, withIntermediateDirectories: true)
            try jpeg.data().write(to: URL(fileURLWithPath: "\(card)/a.jpg"))
            return try await server.command(["import", card, "--label", "car-7", "--wait"] + more).output
        }
        let held = try await take(1, "--hold-unplaced")
        #expect(
            held.contains("0 prepared, 0 given up, 0 refused\n1 wait for their place or time: /uploads/"), "\(held)")
        let refused = try await take(2)
        #expect(refused.contains("0 prepared, 0 given up, 1 refused") && !refused.contains("wait for"), "\(refused)")
    }

    @Test("they are for whom the account's uploads are for, unless it is said; and a disabled account gets none")
    func visibility() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await server.wayside("label", "create", "car-7")
        try await server.wayside("account", "create", "ada", "--role", "field")
        try await server.wayside("label", "grant", "car-7", "ada")
        let card = server.folder.file("card")
        try FileManager.default.createDirectory(atPath: card, withIntermediateDirectories: true)
        try TestJPEG().data().write(to: URL(fileURLWithPath: "\(card)/a.jpg"))
        let ada = ["--label", "car-7", "--account", "ada", "--title"]
        func take(_ title: String, _ more: String...) async throws -> BuiltServer.CommandResult {
            try await server.command(["import", card] + ada + [title] + more)
        }
        #expect(try await take("usual").status == 0)
        try await asking(server) { catalogue in
            let account = try #require(try await catalogue.accounts.find(name: "ada"))
            try await catalogue.people.setDefaultVisibility(.ownerOnly, of: account.id)
        }
        #expect(try await take("chosen").status == 0)
        #expect(try await take("said", "--visibility", "logged-only").status == 0)
        let refused = try await take("open", "--visibility", "anyone")
        #expect(refused.status != 0 && refused.errors.contains("shows nothing to guests"))
        try await asking(server) { catalogue in
            let account = try #require(try await catalogue.accounts.find(name: "ada"))
            try await catalogue.people.setDefaultVisibility(.anyone, of: account.id)
        }
        #expect(try await take("lowered").status == 0)
        #expect(
            try await visibilities(server) == [
                "usual": .loggedOnly, "chosen": .ownerOnly, "said": .loggedOnly, "lowered": .loggedOnly,
            ])

        try await asking(server) { catalogue in
            var account = try #require(try await catalogue.accounts.find(name: "ada"))
            account.isDisabled = true
            try await catalogue.accounts.update(account)
        }
        let disabled = try await take("late")
        #expect(disabled.status != 0 && disabled.errors.contains("is disabled"))
    }
}
