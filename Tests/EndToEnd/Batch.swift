import Crypto
import Domain
import Foundation
import Synchronization
import TestSupport

/// A batch of pictures sent by a field account, and what became of it.
struct Batch: Sendable {
    let server: BuiltServer
    let client: Client
    let set: String

    /// A label, an account with a grant and a token, all through the command line; then an upload set.
    ///
    /// Without redaction the bytes that come out can be compared: what replaces a face is noise, different each time.
    static func open(
        on server: BuiltServer, account: String = "driver", label: String = "CAM 01", redacting: Bool = false
    ) async throws -> Batch {
        if redacting {
            try await server.wayside("label", "create", label)
        } else {
            try await server.wayside("label", "create", label, "--redaction", "none", "--confirm")
        }
        try await server.wayside("account", "create", account, "--role", "field")
        try await server.wayside("label", "grant", label, account)
        let client = Client(server, token: try await server.wayside("token", "create", account))
        let answer = try await client.post(
            "/api/upload_sets", json: #"{"title": "a drive", "camera_label": "\#(label)"}"#)
        return Batch(server: server, client: client, set: try answer.decode(SetDocument.self).id)
    }

    func status() async throws -> SetDocument {
        try await client.get("/api/upload_sets/\(set)").decode()
    }

    func files() async throws -> [FilesDocument.File] {
        try await client.get("/api/upload_sets/\(set)/files").decode(FilesDocument.self).files
    }

    /// Sends a picture until the server has it, however often it dies; the id it was given.
    func send(_ picture: Data, name: String) async throws -> String {
        for _ in 0..<200 {
            if let answer = try? await client.upload(picture, name: name, to: set) {
                switch answer.status {
                case 202: return try answer.decode(UploadAnswer.self).pictureId ?? ""
                case 409: return try answer.decode(Duplicate.self).existingItem.id
                default: break
                }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Failure(.unavailable, "A picture could not be sent.")
    }

    private struct Duplicate: Decodable {
        struct Item: Decodable { let id: String }
        let existingItem: Item
    }

    /// Says that all is there and waits until nothing more happens.
    func finish(within limit: Duration = .seconds(240)) async throws {
        _ = try await client.post("/api/upload_sets/\(set)/complete")
        try await eventually(within: limit) { try await status().ready }
    }

    /// The sequences in order: for each picture its name and the hashes of its files.
    func outcome() async throws -> [[Outcome]] {
        let names = Dictionary(
            try await files().compactMap { file in file.pictureId.map { ($0, file.fileName) } },
            uniquingKeysWith: { first, _ in first })
        var sequences: [[Outcome]] = []
        for part in try await status().associatedCollections {
            let items = try await client.get("/api/collections/\(part.id)/items?limit=1000").decode(ItemsDocument.self)
            var pictures: [Outcome] = []
            for item in items.features { pictures.append(try await outcome(of: item, named: names[item.id] ?? "?")) }
            sequences.append(pictures)
        }
        return sequences
    }

    /// A picture as it came out.
    struct Outcome: Sendable, Equatable {
        let id: String
        let name: String
        /// SHA-256 of `hd`, `sd` and `thumb` as they are served.
        let hashes: [String: String]
    }

    private func outcome(of item: ItemsDocument.Item, named name: String) async throws -> Outcome {
        var hashes: [String: String] = [:]
        for kind in ["hd", "sd", "thumb"] {
            guard let asset = item.assets[kind] else { continue }
            let answer = try await client.get(asset.href)
            hashes[kind] = answer.status == 200 ? SHA256.hash(data: answer.body).description : "\(answer.status)"
        }
        return Outcome(id: item.id, name: name, hashes: hashes)
    }
}
