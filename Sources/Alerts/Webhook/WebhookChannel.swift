import AsyncHTTPClient
import Crypto
import Domain
import Foundation
import NIOCore
import NIOHTTP1

/// Tells by a POST to an address of the operator's, signed with a secret that both sides know.
package struct WebhookChannel: AlertChannel {
    package let name = "webhook"
    private let client: HTTPClient
    private let address: String
    private let secret: String?
    private let now: @Sendable () -> Date

    private static let limit = TimeAmount.seconds(30)

    /// - Parameter client: follows no redirects.
    package init(
        client: HTTPClient, address: String, secret: String?, now: @escaping @Sendable () -> Date = { .now }
    ) {
        self.client = client
        self.address = address
        self.secret = secret
        self.now = now
    }

    package func send(_ message: AlertMessage) async throws {
        let body = try WebhookDocument(message).bytes()
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers = ["Content-Type": "application/json", "User-Agent": "Wayside"]
        if let secret { request.headers.add(name: "Wayside-Signature", value: Self.signature(of: body, secret, now())) }
        request.body = .bytes(ByteBuffer(bytes: body))
        let status: HTTPResponseStatus
        do {
            status = try await client.execute(request, timeout: Self.limit).status
        } catch {
            // Not the error itself: it may name the address, which may hold a key.
            throw Failure(.unavailable, "The webhook cannot be reached.", underlying: Cause(error))
        }
        guard (200...299).contains(status.code) else {
            throw Failure(.unavailable, "The webhook answers \(status.code).")
        }
    }

    /// `t=SECONDS,v1=HEX`: HMAC-SHA256 of the seconds since 1970, a dot and the body. The time keeps an old message from
    /// being sent again by somebody else.
    package static func signature(of body: Data, _ secret: String, _ moment: Date) -> String {
        let seconds = Int(moment.timeIntervalSince1970)
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(seconds).".utf8) + body, using: SymmetricKey(data: Data(secret.utf8)))
        return "t=\(seconds),v1=\(HexadecimalText.of(code))"
    }

    private struct Cause: Error, CustomStringConvertible {
        let description: String

        init(_ error: any Error) {
            description =
                if let error = error as? HTTPClientError { error.shortDescription } else { "\(type(of: error))" }
        }
    }
}
