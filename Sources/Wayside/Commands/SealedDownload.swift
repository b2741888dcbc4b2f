import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1

/// Fetches a picture's sealed original from a server: ciphertext, as it lies there.
struct SealedDownload {
    let address: String
    let token: String

    /// Bytes; the largest picture is smaller.
    private static let largest: Int64 = 1 << 30

    /// Writes it to a new file. Throws with what the server says when it is refused.
    func fetch(_ part: OriginalPart, of id: PictureID, reason: String, to path: String) async throws {
        let base = address.hasSuffix("/") ? String(address.dropLast()) : address
        var request = HTTPClientRequest(url: "\(base)/api/pictures/\(id)/\(part.rawValue)")
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.headers.add(name: "Wayside-Reason", value: Self.encoded(reason))
        let response: HTTPClientResponse
        do {
            response = try await HTTPClient.shared.execute(request, timeout: .minutes(10))
        } catch {
            throw Failure(.unavailable, "The server \(base) cannot be reached.", underlying: error)
        }
        guard response.status == .ok else { throw await Self.refusal(response, base) }
        guard response.headers.first(name: "Wayside-Original") == "sealed" else {
            throw Failure(.unprocessable, "The file of this picture is not sealed there.")
        }
        try await Self.save(response.body, to: path)
    }

    private static func save(_ body: HTTPClientResponse.Body, to path: String) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Failure(.unavailable, "The file \(path) cannot be written.") }
        defer { try? file.close() }
        var size: Int64 = 0
        do {
            for try await bytes in body {
                size += Int64(bytes.readableBytes)
                guard size <= largest else { throw Failure(.tooLarge, "The server sends more than a picture can be.") }
                try file.write(contentsOf: bytes.readableBytesView)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.unavailable, "The sealed original could not be fetched to its end.", underlying: error)
        }
    }

    /// What the server's problem document says (RFC 9457).
    private static func refusal(_ response: HTTPClientResponse, _ base: String) async -> Failure {
        struct Problem: Decodable { let detail: String }
        let body = try? await response.body.collect(upTo: 64 << 10)
        let problem = body.flatMap { try? JSONDecoder().decode(Problem.self, from: Data($0.readableBytesView)) }
        let sentence = problem?.detail ?? "It answered with the status \(response.status.code)."
        return Failure(.unavailable, "\(base) refused: \(sentence)")
    }

    /// A header takes no letters beyond ASCII.
    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.urlQueryAllowed)) ?? ""
    }
}
