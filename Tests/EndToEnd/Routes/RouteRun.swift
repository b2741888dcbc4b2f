import Crypto
import Domain
import Foundation
import TestSupport

/// A built server with a label, somebody who sends pictures under it, and an administrator who makes routes.
struct RouteRun: Sendable {
    let server: BuiltServer
    let batch: Batch
    let admin: Client

    init(originals: String? = nil, redacting: Bool = false, _ settings: [String: String] = [:]) async throws {
        // The other side of these tests is on this machine, too.
        let usual = ["WAYSIDE_RCLONE": try S3Server.program("rclone"), "WAYSIDE_LOCAL_DESTINATIONS": "true"]
        let more = usual.merging(settings) { $1 }
        server = try BuiltServer(more)
        try await server.start()
        batch = try await Batch.open(on: server, redacting: redacting)
        if let originals { try await server.wayside("label", "originals", "CAM 01", originals) }
        try await server.wayside("account", "create", "boss", "--role", "admin")
        admin = Client(server, token: try await server.wayside("token", "create", "boss"))
    }

    struct RouteAnswer: Decodable, Sendable {
        struct Destination: Decodable, Sendable {
            struct State: Decodable, Sendable {
                let works: Bool
                let waiting: Int
                let deadLetters: Int
                let files: Int
                let error: String?
            }

            let number: Int
            let secrets: [String]
            let state: State
        }

        let id: String
        let destinations: [Destination]
    }

    /// - Parameters:
    ///   - destinations: JSON of each.
    ///   - more: further members, with a comma before them.
    @discardableResult
    func makeRoute(_ contents: [String], to destinations: [String], named name: String = "Route", _ more: String = "")
        async throws -> String
    {
        let words = contents.map { "\"\($0)\"" }.joined(separator: ",")
        let answer = try await admin.post(
            "/api/routes",
            json: """
                {"name": "\(name)", "camera_labels": ["CAM 01"], "contents": [\(words)],
                "destinations": [\(destinations.joined(separator: ","))]\(more)}
                """)
        guard answer.status == 201 else { throw Failure(.unprocessable, answer.text) }
        return try answer.decode(RouteAnswer.self).id
    }

    func route(_ id: String) async throws -> RouteAnswer {
        try await admin.get("/api/routes/\(id)").decode()
    }

    /// Nothing is owed to any destination, and everything works.
    func drain(_ id: String) async throws {
        try await eventually {
            try await route(id).destinations.allSatisfy {
                $0.state.works && $0.state.waiting == 0 && $0.state.deadLetters == 0
            }
        }
    }

    /// SHA-256 of each file below a folder, by name.
    static func hashes(_ folder: String) throws -> [String: String] {
        var hashes: [String: String] = [:]
        for name in DataFolder(path: folder).files() where !name.hasPrefix(".") && !name.hasSuffix(".partial") {
            // What is on its way may have got its name, or gone, in between.
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
            hashes[name] = hash(bytes)
        }
        return hashes
    }

    static func hash(_ bytes: Data) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    /// What the server itself gives of these pictures, by hash.
    func expected(_ ids: [String], _ kind: String = "hd.jpg") async throws -> Set<String> {
        var hashes: Set<String> = []
        for id in ids { hashes.insert(Self.hash(try await admin.get("/api/pictures/\(id)/\(kind)").body)) }
        return hashes
    }

    static func folder(_ path: String) -> String { #"{"kind": "directory", "path": "\#(path)"}"# }
}

extension RcloneServer {
    /// As a route knows it.
    func destination() throws -> String {
        let document: [String: Any] = [
            "kind": "rclone", "backend": kind.rawValue, "options": options, "path": "incoming",
            "secrets": ["pass": Self.password],
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
    }
}
