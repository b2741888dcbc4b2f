import Domain
import Foundation
import HTTPTypes
import TestSupport

/// A field account that sends a picture in parts.
struct TusScene: Sendable {
    let server: TestServer
    let anna: Account
    let token: String
    let label: CameraLabel
    let picture = TestJPEG.drive(1).bytes()

    init(change: (inout PartialUploadRules) -> Void = { _ in }) async throws {
        var rules = PartialUploadRules()
        change(&rules)
        server = try await TestServer(partialRules: rules)
        label = try await server.test.addLabel("Cam 1")
        anna = try await server.test.addAccount("anna", .field, grants: [label])
        token = try await server.token(of: anna)
    }

    static func metadata(_ values: [(String, String)]) -> String {
        values.map { "\($0.0) \(Data($0.1.utf8).base64EncodedString())" }.joined(separator: ",")
    }

    /// Announces a file; the path that its parts go to is in the answer's `Location`.
    func begin(
        _ asker: Asker, _ values: [(String, String)], length: Int? = nil, part: [UInt8]? = nil, token: String? = nil,
        extra: HTTPFields = [:]
    ) async throws -> Answer {
        var headers: HTTPFields = [
            .tusResumable: "1.0.0", .uploadLength: "\(length ?? picture.count)",
            .uploadMetadata: Self.metadata(values),
        ]
        if part != nil { headers[.contentType] = "application/offset+octet-stream" }
        for field in extra { headers[field.name] = field.value }
        return try await asker.send(.post, "/api/uploads", token: token ?? self.token, headers: headers, body: part)
    }

    func send(
        _ asker: Asker, _ path: String, _ part: some Sequence<UInt8>, at offset: Int, token: String? = nil,
        extra: HTTPFields = [:]
    ) async throws -> Answer {
        var headers: HTTPFields = [
            .tusResumable: "1.0.0", .uploadOffset: "\(offset)", .contentType: "application/offset+octet-stream",
        ]
        for field in extra { headers[field.name] = field.value }
        return try await asker.send(.patch, path, token: token ?? self.token, headers: headers, body: Array(part))
    }

    func ask(_ asker: Asker, _ method: HTTPRequest.Method, _ path: String, token: String? = nil) async throws -> Answer
    {
        try await asker.send(method, path, token: token ?? self.token, headers: [.tusResumable: "1.0.0"])
    }

    func newSet(_ asker: Asker) async throws -> String {
        let answer = try await asker.post("/api/upload_sets", json: #"{"title":"card"}"#, token: token)
        guard let id = answer.string("id") else { throw Failure(.internalError, answer.text) }
        return id
    }

    /// What lies in the staging folder.
    var staged: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: server.test.folder.file("staging")) }
    }

    static func path(_ answer: Answer) -> String {
        (answer.headers[.location] ?? "").replacing("http://localhost", with: "")
    }
}
