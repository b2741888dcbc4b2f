import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1

/// Talks to a `BuiltServer` as a script does: with a bearer token, or as a guest.
struct Client: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: Data

        var text: String { String(decoding: body, as: UTF8.self) }

        func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            do {
                let decoder = JSONDecoder()
                decoder.keyDecodingStrategy = .convertFromSnakeCase
                return try decoder.decode(Value.self, from: body)
            } catch {
                throw Undecodable(status: status, text: text, error: "\(error)")
            }
        }
    }

    struct Undecodable: Error { let status: Int, text: String, error: String }

    let origin: String
    let token: String?

    init(_ server: BuiltServer, token: String? = nil) {
        origin = server.origin
        self.token = token
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers: headers)
    }

    func post(_ path: String, json: String = "{}", headers: [String: String] = [:]) async throws -> Answer {
        let headers = headers.merging(["Content-Type": "application/json"]) { own, _ in own }
        return try await send("POST", path, headers: headers, body: Data(json.utf8))
    }

    /// Sends one file as browsers and `panoramax_cli` do.
    func upload(_ file: Data, name: String, to set: String) async throws -> Answer {
        let boundary = "wayside-test-\(UUID().uuidString)"
        return try await send(
            "POST", "/api/upload_sets/\(set)/files",
            headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"],
            body: Self.multipart(file, name: name, boundary: boundary))
    }

    static func multipart(_ file: Data, name: String, boundary: String) -> Data {
        var body = Data("--\(boundary)\r\n".utf8)
        body += Data("Content-Disposition: form-data; name=\"isBlurred\"\r\n\r\nfalse\r\n--\(boundary)\r\n".utf8)
        body += Data("Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n".utf8)
        body += Data("Content-Type: image/jpeg\r\n\r\n".utf8)
        return body + file + Data("\r\n--\(boundary)--\r\n".utf8)
    }

    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : origin + path)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let token { request.headers.replaceOrAdd(name: "Authorization", value: "Bearer \(token)") }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await Self.http.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: Data(bytes.readableBytesView))
    }

    /// Redirects are answers to look at; a killed server's connections must not be tried again behind our back.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}
