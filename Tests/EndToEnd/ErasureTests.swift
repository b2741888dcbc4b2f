import Domain
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// Deleting on the built server: what is left on its disk.
@Suite("Erasing on the built server", .timeLimit(.minutes(5)))
struct ErasureTests {
    private struct Receipt: Decodable {
        struct Proof: Decodable {
            struct Picture: Decodable { let id: String }
            let pictures: [Picture]
        }

        let kind: String
        let state: String
        let pictures: Int
        let remaining: Int
        let proof: Proof?
    }

    private struct Search: Decodable { let features: [ItemsDocument.Item] }

    /// What is deleted, and by which request of the owner; nil where the console does it.
    enum Deletion: String, CaseIterable, Sendable {
        case picture, sequence, uploadSet, account
    }

    private static let everywhere = Deletion.allCases.flatMap { deletion in
        Place.allCases.filter { $0 == .folder || deletion == .uploadSet || Place.isAll }.map { (deletion, $0) }
    }

    @Test(
        "once its receipt is done, no file, no row and no trace of a title is left of what was deleted",
        arguments: everywhere)
    func erased(deletion: Deletion, place: Place) async throws {
        let placed = try await place.server()
        let server = placed.server
        try await server.start()
        let batch = try await Batch.open(on: server, account: "marker-person")
        let marker = "MARKER-\(UUID().uuidString)"
        for index in 0..<3 { _ = try await batch.send(TestJPEG.drive(index).data(), name: "\(marker)-\(index).jpg") }
        try await batch.finish()
        let outcome = try await batch.outcome()
        let sequence = try await batch.status().associatedCollections[0].id
        _ = try await batch.client.send(
            "PATCH", "/api/collections/\(sequence)", body: Data(#"{"title": "\#(marker)-trip"}"#.utf8))
        _ = try await batch.client.send(
            "PATCH", "/api/upload_sets/\(batch.set)", body: Data(#"{"title": "\#(marker)-set"}"#.utf8))
        let pictures = outcome.flatMap { $0 }
        #expect(pictures.count == 3)
        let gone = deletion == .picture ? [pictures[0]] : pictures
        let folder = DataFolder(path: server.data)
        #expect(try await placed.objects().count == 9)

        let admin = Client(server, token: try await server.wayside("token", "create", "admin"))
        let path: String
        switch deletion {
        case .picture: path = try await link(batch, "/api/collections/\(sequence)/items/\(gone[0].id)")
        case .sequence: path = try await link(batch, "/api/collections/\(sequence)")
        case .uploadSet: path = try await link(batch, "/api/upload_sets/\(batch.set)")
        case .account:
            path =
                "/api/receipts/\(try await server.wayside("account", "delete", "marker-person", "--with-pictures", "--yes"))"
            // The token does not hold any more.
            try await eventually { try await batch.client.get("/api/users/me").status == 401 }
        }
        for picture in gone {
            for route in ["/api/pictures/\(picture.id)", "/api/pictures/\(picture.id)/thumb.jpg"] {
                #expect(try await admin.get(route).status == 404)
            }
        }
        try await eventually { try await admin.get(path).decode(Receipt.self).state == "done" }
        let receipt = try await admin.get(path).decode(Receipt.self)
        #expect(receipt.pictures == gone.count && receipt.remaining == 0)
        #expect(Set(receipt.proof?.pictures.map(\.id) ?? []) == Set(gone.map(\.id)))
        let left = try await admin.get("/api/search?limit=10").decode(Search.self).features.map(\.id)
        #expect(Set(left) == Set(pictures.map(\.id)).subtracting(gone.map(\.id)))

        let objects = try await placed.objects()
        #expect(objects.count == 9 - 3 * gone.count)
        #expect(folder.staged().isEmpty && folder.working().isEmpty)
        for picture in gone { #expect(!(folder.files() + objects).contains { $0.contains(picture.id) }) }
        let traces = texts(deletion, marker, gone)
        // The database's log is emptied when nothing is left to do.
        try? await eventually(within: .seconds(30)) { found(traces, in: folder).isEmpty }
        #expect(found(traces, in: folder) == [])
    }

    /// Which of these texts some file of the folder holds, each with that file.
    private func found(_ traces: [String], in folder: DataFolder) -> [String] {
        folder.files().flatMap { file -> [String] in
            guard let bytes = FileManager.default.contents(atPath: "\(folder.path)/\(file)") else { return [] }
            return traces.filter { bytes.range(of: Data($0.utf8)) != nil }.map { "\($0) in \(file)" }
        }
    }

    /// What must not be found in any file: of a sequence its title, of an upload set the names of all its files too.
    private func texts(_ deletion: Deletion, _ marker: String, _ gone: [Batch.Outcome]) -> [String] {
        switch deletion {
        case .picture: [gone[0].name]
        case .sequence: ["\(marker)-trip"] + gone.map(\.name)
        case .uploadSet: [marker]
        case .account: [marker, "marker-person"]
        }
    }

    /// Deletes as the owner; the address of the receipt.
    private func link(_ batch: Batch, _ path: String) async throws -> String {
        let answer = try await batch.client.send("DELETE", path)
        #expect(answer.status == 204)
        let link = try #require(answer.headers["Link"].first)
        return String(try #require(link.firstMatch(of: /\/api\/receipts\/[0-9a-f-]{36}/)).0)
    }

    @Test("the command asks for the name, keeps the last administrator, and hands pictures over")
    func command() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        let id = try await batch.send(TestJPEG.drive(0).data(), name: "a.jpg")
        try await batch.finish()
        try await eventually { server.log.contains("one-time password") }
        try await server.wayside("account", "create", "heir", "--role", "manager")
        let mistakes: [([String], String)] = [
            (["driver"], "what becomes of the pictures"),
            (["driver", "--with-pictures", "--hand-to", "heir"], "what becomes of the pictures"),
            (["driver", "--with-pictures"], "not confirmed"), (["nobody", "--with-pictures", "--yes"], "no account"),
            (["driver", "--hand-to", "nobody", "--yes"], "no account"),
            (["driver", "--hand-to", "driver", "--yes"], "active and may upload"),
            (["admin", "--with-pictures", "--yes"], "last administrator"),
        ]
        for (arguments, words) in mistakes {
            let result = try await server.command(["account", "delete"] + arguments)
            #expect(result.status != 0 && result.errors.contains(words), "\(arguments): \(result.errors)")
        }
        try await server.wayside("account", "delete", "driver", "--hand-to", "heir", "--yes")
        #expect(try await server.wayside("account", "list").contains("driver") == false)
        let client = Client(server, token: try await server.wayside("token", "create", "heir"))
        try await eventually { try await client.get("/api/pictures/\(id)").status == 200 }
    }
}
