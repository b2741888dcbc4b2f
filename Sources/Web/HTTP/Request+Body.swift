import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// Reads a small JSON body. Its content type may be missing, plain text or unnamed bytes, as careless clients send it.
    ///
    /// - Throws: `.invalid` with what is wrong, `.tooLarge` above 1 MiB, `.unsupportedMedia` for an encoded body or another
    ///   content type.
    package func decodeJSON<Value: Decodable>(_ type: Value.Type, limit: Int = 1 << 20) async throws -> Value {
        try refuseContentEncoding()
        try refuseOtherThanJSON()
        let buffer = try await body.collect(upTo: limit)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(buffer.readableBytesView))
        } catch let error as DecodingError {
            throw Failure(.invalid, error.sentence)
        } catch {
            throw Failure(.invalid, "The body is not valid JSON.")
        }
    }

    private func refuseOtherThanJSON() throws {
        guard let type = headers[.contentType]?.prefix(while: { $0 != ";" }).lowercased() else { return }
        let taken = ["text/plain", "application/octet-stream", ""]
        guard !type.contains("json"), !taken.contains(type.trimmed) else { return }
        throw Failure(.unsupportedMedia, "Send the body as application/json.")
    }

    /// As `decodeJSON`, and from a form with fields of the same names.
    package func decodeFields<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        guard headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            return try await decodeJSON(type)
        }
        try refuseContentEncoding()
        let fields = Query(String(buffer: try await body.collect(upTo: 64 << 10)))
        let object = JSONObject(members: fields.all.map { .init(name: $0.name, value: .string($0.value)) })
        do {
            return try JSONDecoder().decode(Value.self, from: Data(JSON.object(object).bytes))
        } catch let error as DecodingError {
            throw Failure(.invalid, error.sentence)
        }
    }

    /// Throws `.unsupportedMedia`: what is uploaded is taken as it is, never unpacked.
    package func refuseContentEncoding() throws {
        guard let encoding = headers[.contentEncoding], encoding.lowercased() != "identity" else { return }
        throw Failure(.unsupportedMedia, "Content-Encoding is not taken in requests: send the body as it is.")
    }

    /// Whether a body comes, announced with its length or in chunks (RFC 9112 §6.3).
    package var hasBody: Bool { headers[.transferEncoding] != nil || (announcedLength ?? 0) > 0 }

    /// `Content-Length`; nil when the body is chunked.
    package var announcedLength: Int64? { headers[.contentLength].flatMap { Int64($0) } }
}

extension DecodingError {
    /// What is wrong, in a sentence that names the field.
    var sentence: String {
        switch self {
        case .keyNotFound(let key, let context):
            "The field '\(Self.path(context.codingPath + [key]))' is missing."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "The field '\(Self.path(context.codingPath))' has the wrong type."
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "The body is not valid JSON." : "The field '\(Self.path(context.codingPath))' has a wrong value."
        @unknown default:
            "The body cannot be read."
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
