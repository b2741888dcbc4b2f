import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A file as an answer: conditional requests, one byte range, HEAD (RFC 9110 §13 and §14).
///
/// Rights must have been checked before this is made, so that a 304 tells nothing to who may not see the file.
struct RangeResponse: Sendable {
    let size: Int64
    let tag: EntityTag
    let modified: Date
    let headers: HTTPFields
    var now = Date.now

    /// What is to be sent.
    enum Plan: Equatable {
        /// The client asked for another version (§13.1.1, §13.1.4).
        case failed
        case notModified
        case unsatisfiable
        case whole
        case part(Range<Int64>)
    }

    /// Decides from the request's headers.
    func plan(for request: Request) -> Plan {
        if isAnother(request) { return .failed }
        if isUnchanged(request) { return .notModified }
        guard request.method == .get, let text = request.headers[.range], allowsRange(request) else { return .whole }
        return Self.range(text, size: size)
    }

    /// Whether the answer has bytes of the file.
    func sends(to request: Request) -> Bool {
        guard request.method == .get else { return false }
        return switch plan(for: request) {
        case .whole, .part: true
        case .failed, .notModified, .unsatisfiable: false
        }
    }

    /// - Parameter body: makes the body of the given bytes (all for nil); not called for HEAD, 304, 412 and 416.
    /// - Throws: `.preconditionFailed` when the client asks for another version.
    func response(to request: Request, body: (Range<Int64>?) async throws -> ResponseBody) async throws -> Response {
        var headers = headers
        headers[.eTag] = tag.text
        headers[.lastModified] = HTTPDate.string(modified)
        headers[.acceptRanges] = "bytes"
        switch plan(for: request) {
        case .failed:
            throw Failure(.preconditionFailed, "The file is not the one that If-Match or If-Unmodified-Since names.")
        case .notModified:
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(size)"
            headers[.contentType] = nil
            return Response(status: .rangeNotSatisfiable, headers: headers)
        case .whole:
            guard request.method != .head else {
                headers[.contentLength] = "\(size)"
                return Response(status: .ok, headers: headers)
            }
            return Response(status: .ok, headers: headers, body: try await body(nil))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            return Response(status: .partialContent, headers: headers, body: try await body(range))
        }
    }

    private func isAnother(_ request: Request) -> Bool {
        let tags = request.headers[values: .ifMatch]
        if !tags.isEmpty { return !tag.matches(ifMatch: tags) }
        guard let since = request.headers[.ifUnmodifiedSince].flatMap(HTTPDate.date) else { return false }
        return modified.timeIntervalSince1970.rounded(.down) > since.timeIntervalSince1970
    }

    private func isUnchanged(_ request: Request) -> Bool {
        guard request.method == .get || request.method == .head else { return false }
        let tags = request.headers[values: .ifNoneMatch]
        if !tags.isEmpty { return tag.matches(ifNoneMatch: tags) }
        guard let since = request.headers[.ifModifiedSince].flatMap(HTTPDate.date) else { return false }
        return modified.timeIntervalSince1970.rounded(.down) <= since.timeIntervalSince1970
    }

    /// `If-Range` holds for the very same strong tag, or for the exact `Last-Modified` where that is a strong validator:
    /// a minute old at least, so that the file cannot have changed twice within its second (§13.1.5, §8.8.2.2).
    private func allowsRange(_ request: Request) -> Bool {
        guard let condition = request.headers[.ifRange] else { return true }
        guard let date = HTTPDate.date(condition) else { return condition == tag.text }
        return HTTPDate.string(date) == HTTPDate.string(modified) && now.timeIntervalSince(modified) >= 60
    }

    /// Reads a `Range` of one part. What is malformed, of another unit or of several parts is ignored (§14.2).
    static func range(_ text: String, size: Int64) -> Plan {
        let unit = "bytes="
        guard text.lowercased().hasPrefix(unit) else { return .whole }
        let specification = text.dropFirst(unit.count).filter { $0 != " " }
        guard !specification.contains(",") else { return .whole }
        let parts = specification.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return .whole }
        let digits = { (text: Substring) -> Int64? in
            text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
        }
        if parts[0].isEmpty {
            guard let count = digits(parts[1]) else { return .whole }
            guard count > 0, size > 0 else { return .unsatisfiable }
            return .part(max(0, size - count)..<size)
        }
        guard let first = digits(parts[0]) else { return .whole }
        if parts[1].isEmpty { return first < size ? .part(first..<size) : .unsatisfiable }
        guard let last = digits(parts[1]), last >= first else { return .whole }
        return first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
    }
}
