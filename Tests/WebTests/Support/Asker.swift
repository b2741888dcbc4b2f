import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

/// Sends requests and reads what comes back.
struct Asker: Sendable {
    let client: any TestClientProtocol

    func send(
        _ method: HTTPRequest.Method, _ uri: String, token: String? = nil, headers: HTTPFields = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        let response = try await client.executeRequest(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
        return Answer(response: response)
    }

    func get(_ uri: String, token: String? = nil, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, uri, token: token, headers: headers)
    }

    func post(_ uri: String, json: String, token: String? = nil, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.post, uri, token: token, headers: headers, body: Array(json.utf8))
    }
}

/// An answer, with short ways into its JSON.
struct Answer: Sendable {
    let response: TestResponse

    var code: Int { response.status.code }
    var headers: HTTPFields { response.headers }
    var bytes: [UInt8] { Array(response.body.readableBytesView) }
    var text: String { String(buffer: response.body) }

    /// The value at a path of names and indexes; nil when there is none.
    func value(_ path: String...) -> Any? {
        var value = try? JSONSerialization.jsonObject(with: Data(bytes))
        for step in path {
            if let index = Int(step) {
                let array = value as? [Any]
                value = array.flatMap { index < $0.count ? $0[index] : nil }
            } else {
                value = (value as? [String: Any])?[step]
            }
        }
        return value
    }

    func string(_ path: String...) -> String? {
        var value = try? JSONSerialization.jsonObject(with: Data(bytes))
        for step in path {
            value =
                Int(step).map { index in (value as? [Any]).flatMap { index < $0.count ? $0[index] : nil } ?? NSNull() }
                ?? (value as? [String: Any])?[step]
        }
        return value as? String
    }

    /// The `id`s of the members of an array.
    func ids(of array: String) -> [String] {
        (value(array) as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    /// The links with a relation.
    func links(_ rel: String) -> [[String: Any]] {
        (value("links") as? [[String: Any]] ?? []).filter { $0["rel"] as? String == rel }
    }

    /// The path and query of the first link with a relation.
    func target(_ rel: String) -> String? {
        guard let href = links(rel).first?["href"] as? String else { return nil }
        return href.replacingOccurrences(of: "http://localhost", with: "")
    }
}
