import AsyncHTTPClient
import Domain
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Storage

/// Sends signed requests to one bucket, again where that may help. Throws `S3Problem` and `CancellationError`, and what
/// reading a local file throws.
final class S3Client: Sendable {
    let bucket: S3Bucket
    let patience: Patience
    private let http: HTTPClient
    private let logger: Logger

    /// Bytes a second that even a slow way to the store has.
    private static let slowest: Int64 = 50_000

    init(bucket: S3Bucket, patience: Patience, logger: Logger) {
        self.bucket = bucket
        self.patience = patience
        self.logger = logger
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(
            connect: .init(patience.connecting), read: .init(patience.silence), write: .init(patience.silence))
        // As many as may be reading at once; below the time that stores keep an idle connection.
        configuration.connectionPool = .init(
            idleTimeout: .seconds(20), concurrentHTTP1ConnectionsPerHostSoftLimit: 256)
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit { http.shutdown { _ in } }

    /// Sends the request until it succeeds or there is no use.
    ///
    /// - Parameter receive: reads a good answer; what it throws counts as the attempt's failure.
    func send<Value: Sendable>(
        _ request: S3Request, _ receive: (HTTPClientResponse) async throws -> Value
    ) async throws -> Value {
        var attempt = 1
        while true {
            do {
                return try await receive(try await once(request))
            } catch let problem as S3Problem {
                guard problem.isPassing, attempt < patience.attempts else { throw problem }
                logger.debug(
                    "The storage is asked again",
                    metadata: ["attempt": "\(attempt)", "reason": "\(problem)", "method": "\(request.method)"])
            }
            try await Task.sleep(for: patience.wait(after: attempt))
            attempt += 1
        }
    }

    /// As `send`, for answers that do not matter.
    func send(_ request: S3Request) async throws {
        try await send(request) { response in _ = try await self.text(of: response) }
    }

    /// As `send`, for an answer that is a document. One that says "error" after all (S3 begins to answer before it has
    /// copied or put together) counts as such.
    func document(_ request: S3Request) async throws -> XMLElement {
        try await send(request) { response in
            guard let root = XMLReader.read(try await self.text(of: response)) else {
                throw S3Problem.strange("no XML")
            }
            guard root.name != "Error" else {
                throw S3Problem(status: 500, error: root, headers: response.headers, bucket: self.bucket, at: .now)
            }
            return root
        }
    }

    /// An address that is good for reading one object for so many seconds, without any key.
    func presigned(_ path: String, seconds: Int, at moment: Date) -> String {
        let canonical = CanonicalRequest(
            method: "GET", path: urlPath(path), query: [], headers: [("host", bucket.host)],
            payloadHash: CanonicalRequest.unsignedPayload)
        let query = signature.presignedQuery(for: canonical, at: moment, seconds: seconds)
        return "\(bucket.origin)\(canonical.path)?\(query)"
    }

    private var signature: AWSSignature { AWSSignature(credentials: bucket.credentials, region: bucket.region) }

    private func urlPath(_ path: String?) -> String {
        "/\(bucket.name)\(path.map { "/\(PercentEncoding.ofPath($0))" } ?? "")"
    }

    private func once(_ request: S3Request) async throws -> HTTPClientResponse {
        let limit = Int64(max(30, patience.silence.components.seconds)) + request.body.size / Self.slowest
        let response: HTTPClientResponse
        do {
            response = try await http.execute(signed(request, at: .now), timeout: .seconds(limit))
        } catch {
            throw problem(error)
        }
        guard (200..<300).contains(response.status.code) else {
            throw await S3Problem(response, bucket: bucket, at: .now)
        }
        return response
    }

    /// The whole of a short answer.
    func text(of response: HTTPClientResponse) async throws -> String {
        do {
            return String(buffer: try await response.body.collect(upTo: Self.largestDocument))
        } catch {
            throw problem(error)
        }
    }

    /// A thousand names with all that S3 says of each.
    private static let largestDocument = 8 << 20

    /// What a failed conversation means; not for what the other side has answered.
    func problem(_ error: any Error) -> any Error {
        if error is S3Problem || error is Failure { return error }
        if error is CancellationError || Task.isCancelled { return CancellationError() }
        return S3Problem(unreachable: error, bucket: bucket)
    }

    private func signed(_ request: S3Request, at moment: Date) -> HTTPClientRequest {
        var headers = request.headers
        headers.append(("Host", bucket.host))
        if request.isSigned {
            headers.append(("x-amz-content-sha256", request.payloadHash))
            headers.append(("x-amz-date", AWSSignature.time(moment)))
        }
        let canonical = CanonicalRequest(
            method: request.method.rawValue, path: urlPath(request.path), query: request.query, headers: headers,
            payloadHash: request.payloadHash)
        if request.isSigned {
            headers.append(("Authorization", signature.authorization(for: canonical, at: moment)))
        }
        let query = canonical.queryText
        var message = HTTPClientRequest(url: "\(bucket.origin)\(canonical.path)\(query.isEmpty ? "" : "?\(query)")")
        message.method = request.method
        message.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
        switch request.body {
        case .none: break
        case .bytes(let buffer): message.body = .bytes(buffer)
        case .file(let file, let range):
            message.body = .stream(FileChunks(file: file, range: range), length: .known(Int64(range.count)))
        }
        return message
    }
}
