import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Storage

/// A server that takes files by PUT below an address (RFC 9110 §9.3.4), with their checksums in `Repr-Digest` (RFC 9530).
///
/// What it says to HEAD afterwards is compared where it says anything.
package struct HTTPPutDestination: Destination {
    private let place: HTTPPlace
    private let token: String?
    private let client: HTTPClient

    private static let attempts = 3
    /// Bytes a second that even a slow way has.
    private static let slowest: Int64 = 10_000

    package init(_ place: HTTPPlace, secrets: [String: String], client: HTTPClient = PutClient.shared) {
        self.place = place
        token = secrets["token"]
        self.client = client
    }

    package func put(_ file: OutgoingFile) async throws {
        let source = try await BlockingWork.run { try OpenFile(file.path) }
        let digest = "sha-256=:\(Data(Self.bytes(file.sha256)).base64EncodedString()):"
        let slowest = Int64(min(Int(Self.slowest), file.pace?.rate ?? .max))
        let response = try await send(limit: 60 + 2 * file.size / slowest) {
            var request = self.request(.PUT, file.name)
            request.headers.add(name: "Content-Type", value: file.type)
            request.headers.add(name: "Repr-Digest", value: digest)
            request.body = .stream(PacedFile(file: source, pace: file.pace), length: .known(file.size))
            return request
        }
        guard (200..<300).contains(response.status.code) else { throw refusal(response.status, "PUT") }
        try await verify(file, digest)
    }

    package func delete(_ name: String) async throws {
        let response = try await send { self.request(.DELETE, name) }
        guard (200..<300).contains(response.status.code) || [404, 410].contains(response.status.code) else {
            throw refusal(response.status, "DELETE")
        }
    }

    package func list(after: String?, limit: Int) async throws -> [DeliveredEntry] {
        throw Failure(.unprocessable, "A server that takes files by PUT gives no list of them.")
    }

    package func read(_ name: String, into path: String) async throws {
        let response = try await send(limit: 3600) { self.request(.GET, name) }
        guard response.status != .notFound else { throw Failure.notFound("file at the destination") }
        guard response.status == .ok else { throw refusal(response.status, "GET") }
        let file = try await BlockingWork.run { try PlainFile(path) }
        do {
            for try await piece in response.body { try await BlockingWork.run { try file.write(piece) } }
        } catch {
            throw unreachable(error)
        }
    }

    /// It answers, and not with "no": more cannot be known without sending something.
    package func check() async throws {
        let response = try await send { self.request(.HEAD, nil) }
        let code = response.status.code
        guard code < 500, ![401, 403, 407, 429].contains(code) else { throw refusal(response.status, "HEAD") }
    }

    /// One that says another size or checksum than it was sent does not have the file.
    private func verify(_ file: OutgoingFile, _ digest: String) async throws {
        let response = try await send {
            var request = self.request(.HEAD, file.name)
            request.headers.add(name: "Want-Repr-Digest", value: "sha-256=10")
            return request
        }
        guard response.status == .ok else { return }
        let size = response.headers.first(name: "Content-Length").flatMap { Int64($0) }
        let theirs = response.headers["Repr-Digest"].flatMap { $0.split(separator: ",") }
            .map { $0.trimmingCharacters(in: .whitespaces) }.first { $0.hasPrefix("sha-256=") }
        // Some say no length of what they do not send.
        guard [nil, 0, file.size].contains(size), theirs.map({ $0 == digest }) ?? true else {
            throw Failure(.unavailable, "\(place.url) has taken the file, and says that it has other bytes.")
        }
    }

    private func request(_ method: HTTPMethod, _ name: String?) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: name.map { "\(place.url)/\(Self.escaped($0))" } ?? place.url)
        request.method = method
        request.headers.add(name: "User-Agent", value: "Wayside")
        guard let token else { return request }
        if let header = place.header {
            request.headers.add(name: header, value: token)
        } else {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        return request
    }

    /// Sends it again while that may help.
    private func send(limit: Int64 = 60, _ make: () -> HTTPClientRequest) async throws -> HTTPClientResponse {
        var attempt = 1
        while true {
            do {
                let response = try await client.execute(make(), timeout: .seconds(limit))
                guard Self.isPassing(response.status), attempt < Self.attempts else { return response }
            } catch {
                if error is CancellationError || Task.isCancelled { throw CancellationError() }
                guard attempt < Self.attempts else { throw unreachable(error) }
            }
            try await Task.sleep(for: .milliseconds(250 << attempt))
            attempt += 1
        }
    }

    private static func isPassing(_ status: HTTPResponseStatus) -> Bool {
        [408, 425, 429, 500, 502, 503, 504].contains(status.code)
    }

    private func refusal(_ status: HTTPResponseStatus, _ method: String) -> Failure {
        let isPassing = Self.isPassing(status) || [401, 403, 407, 507].contains(status.code)
        return Failure(isPassing ? .unavailable : .unprocessable, "\(place.url) answers \(status.code) to \(method).")
    }

    private func unreachable(_ error: any Error) -> any Error {
        if error is CancellationError || Task.isCancelled { return CancellationError() }
        return Failure(.unavailable, "\(place.url) does not answer or breaks off.", underlying: error)
    }

    private static func escaped(_ name: String) -> String {
        var allowed = CharacterSet(charactersIn: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        allowed.insert(charactersIn: "-._~/")
        return name.addingPercentEncoding(withAllowedCharacters: allowed) ?? name
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
