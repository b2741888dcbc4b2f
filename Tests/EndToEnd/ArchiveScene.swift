import Catalogue
import CatalogueSQLite
import Crypto
import Foundation
import TestSupport

/// A server with something of everything, and an archive of it.
struct ArchiveScene: Sendable {
    let server: BuiltServer
    let batch: Batch
    let password = "a long enough password"

    var archive: String { server.folder.file("archive") }

    init() async throws {
        server = try BuiltServer(["WAYSIDE_LOCAL_DESTINATIONS": "true"])
        try await server.start()
        batch = try await Batch.open(on: server)
        let label = "CAM 01"
        try await server.wayside("label", "originals", label, "keep")
        var ids: [String] = []
        for index in 0..<3 { ids.append(try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg")) }
        try await batch.finish()
        try await server.wayside(
            "account", "create", "ada", "--role", "manager", "--password-stdin", input: password + "\n")
        let tags = #"{"semantics":[{"action":"add","key":"surface","value":"asphalt"}]}"#
        let type = ["Content-Type": "application/json"]
        let set = "/api/upload_sets/\(batch.set)"
        try accept(try await batch.client.send("PATCH", set, headers: type, body: Data(tags.utf8)))
        try accept(
            try await batch.client.post(
                "/api/pictures/\(ids[0])/annotations",
                json: #"{"shape":[1,2,30,40],"semantics":[{"key":"sign","value":"stop"}]}"#))
        try accept(
            try await batch.client.post(
                "/api/pictures/\(ids[1])/redactions", json: #"{"bbox":[10,10,99,99]}"#))
        try accept(
            try await batch.client.post(
                "/api/reports", json: #"{"issue":"privacy","picture_id":"\#(ids[2])"}"#))
        let area = """
            {"type":"Feature","properties":{"label":"yard"},"geometry":{"type":"Polygon",\
            "coordinates":[[[20,20],[21,20],[21,21],[20,20]]]}}
            """
        try accept(try await batch.client.post("/api/users/me/excluded_areas", json: area))
        let server = server
        // Corrected pictures are made anew.
        try await eventually(within: .seconds(120)) {
            try await server.wayside("check").contains(" 0 jobs waiting")
        }
    }

    /// Everything that one sees through the API.
    func items(_ server: BuiltServer) async throws -> String {
        let token = try await server.wayside("token", "create", "driver")
        let text = try await Client(server, token: token).get("/api/search?limit=100").text
        return text.replacing(server.origin, with: "")
    }

    private func accept(_ answer: Client.Answer) throws {
        guard answer.status < 300 else { throw Refused(text: String(decoding: answer.body, as: UTF8.self)) }
    }

    struct Refused: Error { let text: String }

    /// Every row of every table, as text, by table.
    static func rows(of data: String) async throws -> [String: [String]] {
        let migrations = CatalogueEngines.sqlite.migrations
        let engine = try await SQLiteEngine(path: "\(data)/catalogue.sqlite", migrations: migrations)
        let rows = try await engine.read { connection in
            var tables: [String: [String]] = [:]
            let names = try connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text() }
            for name in names where !name.hasPrefix("sqlite_") {
                var columns: [String] = []
                try connection.each("SELECT name FROM pragma_table_info('\(name)')", []) { columns.append($0.text(0)) }
                let list = columns.map { "quote(\($0))" }.joined(separator: " || ' ' || ")
                var rows: [String] = []
                try connection.each("SELECT \(list) FROM \(name) ORDER BY 1", []) { rows.append($0.text(0)) }
                tables[name] = rows
            }
            return tables
        }
        try engine.close()
        return rows
    }

    /// SHA-256 of every file that belongs to a picture, by name.
    static func files(of data: String) throws -> [String: String] {
        var hashes: [String: String] = [:]
        for name in DataFolder(path: data).files() where name.hasPrefix("store/") || name.hasPrefix("staging/") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(data)/\(name)"))
            hashes[name] = SHA256.hash(data: bytes).description
        }
        return hashes
    }
}
