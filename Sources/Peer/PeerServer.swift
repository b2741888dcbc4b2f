import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Storage

/// Another Wayside, asked through its API, once for each call: who calls decides about trying again.
///
/// Throws `Failure` only, as the other side meant it; `.unavailable` when it cannot be reached. And `CancellationError`.
package final class PeerServer: Sendable {
    package let address: PeerAddress
    private let http: HTTPClient

    private static let largestDocument = 8 << 20
    /// Bytes a second that even a slow link has.
    private static let slowest: Int64 = 1000

    /// - Parameter silence: how long to wait for a byte in either direction.
    package init(_ address: PeerAddress, silence: Duration = .seconds(30)) {
        self.address = address
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(10), read: .init(silence), write: .init(silence))
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit { http.shutdown { _ in } }

    /// Asks with a JSON document, or without a body.
    func json<Value: Decodable>(_ type: Value.Type, _ method: HTTPMethod, _ path: String, _ body: Data? = nil)
        async throws
        -> Value
    {
        var request = request(method, path)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let (_, answer) = try await send(request)
        do {
            return try JSONDecoder().decode(type, from: Data(answer.readableBytesView))
        } catch {
            throw Failure(
                .unavailable, "\(address) answers something that no Wayside answers.", underlying: error)
        }
    }

    /// Asks with header fields and a part of a file; the answer's header fields.
    func fields(
        _ method: HTTPMethod, _ path: String, _ fields: [(String, String)], _ part: (OpenFile, Range<Int64>)? = nil
    ) async throws -> HTTPHeaders {
        var request = request(method, path)
        for (name, value) in fields { request.headers.add(name: name, value: value) }
        if let (file, range) = part {
            request.body = .stream(FileChunks(file: file, range: range), length: .known(Int64(range.count)))
        }
        return try await send(request, bytes: Int64(part?.1.count ?? 0)).0
    }

    private func request(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : address.origin + path)
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(address.token)")
        request.headers.add(name: "Accept-Language", value: "en")
        request.headers.add(name: "User-Agent", value: "Wayside")
        return request
    }

    private func send(_ request: HTTPClientRequest, bytes: Int64 = 0) async throws -> (HTTPHeaders, ByteBuffer) {
        let response: HTTPClientResponse
        let body: ByteBuffer
        do {
            response = try await http.execute(request, timeout: .seconds(60 + bytes / Self.slowest))
            body = try await response.body.collect(upTo: Self.largestDocument)
        } catch {
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            throw Failure(.unavailable, "\(address) cannot be reached.", underlying: error)
        }
        guard (200..<300).contains(response.status.code) else {
            throw PeerProblem.failure(response.status.code, response.headers, body, address)
        }
        return (response.headers, body)
    }
}
