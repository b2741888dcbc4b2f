import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1

/// Another server as this one reads it: only what the administrator allows, no redirects, no credentials.
struct RemoteServer: Sendable {
    let client: HTTPClient
    let allowed: AllowedOrigins

    /// Bytes of one document.
    private static let largestDocument = 32 << 20
    private static let attempts = 3

    /// Opens a client for the servers that are allowed. Each name is resolved and checked now, and leads there as long as
    /// the client lives. `close` it.
    ///
    /// - Throws: `.unavailable` and `.unprocessable` when the server of `url` cannot be asked.
    static func open(for url: URL, allowed: AllowedOrigins) async throws -> RemoteServer {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(60))
        var reachable: Set<String> = []
        for origin in allowed.origins {
            guard let host = URL(string: origin)?.host() else { continue }
            do {
                configuration.dnsOverride[host] = try await RemoteAddress.resolve(host)
                reachable.insert(origin)
            } catch  where origin != AllowedOrigins.origin(of: url) {
                // Another one that is not needed, unless a picture is said to lie there: then it is refused.
                continue
            }
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        return RemoteServer(client: client, allowed: AllowedOrigins(reachable))
    }

    func close() async { try? await client.shutdown() }

    /// Reads a JSON document.
    func document<Document: Decodable>(_ type: Document.Type, at text: String) async throws -> Document {
        let url = try allowed.url(text)
        let response = try await get(url, accepting: "application/geo+json, application/json")
        do {
            let buffer = try await response.body.collect(upTo: Self.largestDocument)
            return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
        } catch is DecodingError {
            throw Failure(.unprocessable, "The other server's answer is not a document of a STAC catalogue.")
        } catch {
            throw Self.unreachable(url, error)
        }
    }

    /// The bytes of a picture, as they come, and how many there are if the server says so.
    /// A size that no picture can have, of more than `largest` bytes, is not believed: what comes is counted.
    func picture(at text: String, largest: Int64) async throws -> (body: HTTPClientResponse.Body, length: Int64?) {
        let response = try await get(try allowed.url(text), accepting: "image/jpeg")
        let length = response.headers.first(name: "Content-Length").flatMap { Int64($0) }
        return (response.body, length.flatMap { (0...largest).contains($0) ? $0 : nil })
    }

    private func get(_ url: URL, accepting type: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers.add(name: "Accept", value: type)
        request.headers.add(name: "User-Agent", value: "Wayside")
        var attempt = 1
        while true {
            do {
                let response = try await client.execute(request, timeout: .minutes(10))
                if response.status == .ok { return response }
                guard Self.isPassing(response.status), attempt < Self.attempts else {
                    throw Self.refusal(response, url)
                }
            } catch let failure as Failure {
                throw failure
            } catch {
                if error is CancellationError || Task.isCancelled { throw CancellationError() }
                guard attempt < Self.attempts else { throw Self.unreachable(url, error) }
            }
            try await Task.sleep(for: .seconds(1 << attempt))
            attempt += 1
        }
    }

    private static func isPassing(_ status: HTTPResponseStatus) -> Bool {
        [.tooManyRequests, .badGateway, .serviceUnavailable, .gatewayTimeout].contains(status)
    }

    private static func refusal(_ response: HTTPClientResponse, _ url: URL) -> Failure {
        let host = url.host() ?? ""
        if (300..<400).contains(response.status.code) {
            return Failure(.unprocessable, "\(host) sends on to another address, which is not followed.")
        }
        return Failure(
            .unprocessable,
            "\(host) does not show this without signing in, or has no such thing (\(response.status.code)).")
    }

    private static func unreachable(_ url: URL, _ error: any Error) -> any Error {
        if error is CancellationError { return error }
        return Failure(.unavailable, "The server \(url.host() ?? "") cannot be reached.", underlying: error)
    }
}
