import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `If-Match` of a change (RFC 9110 §13.1.1). It may be left out: Panoramax clients send none, and the last one wins.
enum EditCondition {
    /// Which version of the thing the editor means; nil when they do not say.
    ///
    /// - Parameters:
    ///   - document: the thing as the editor reads it; its tag is that of its bytes.
    ///   - updatedAt: when the thing had changed last as it was read for the document.
    /// - Throws: `.preconditionFailed` when it is another version.
    static func version(_ request: Request, of document: JSON, updatedAt: Date) throws -> Date? {
        let wanted = request.headers[values: .ifMatch]
        guard !wanted.isEmpty else { return nil }
        guard EntityTag(of: document).matches(ifMatch: wanted) else {
            throw Failure(.preconditionFailed, "It has changed since you read it. Read it again before you change it.")
        }
        return wanted.joined().contains("*") ? nil : updatedAt
    }
}

extension Response {
    /// A document with its tag; 304 for who has it already (RFC 9110 §13.1.2).
    static func tagged(_ document: JSON, type: String, for request: Request) -> Response {
        var response = Response.json(document, type: type)
        let tag = EntityTag(of: document)
        response.headers[.eTag] = tag.text
        let known = request.headers[values: .ifNoneMatch]
        guard CrossSiteCheck.isSafe(request.method), !known.isEmpty, tag.matches(ifNoneMatch: known) else {
            return response
        }
        response.headers[.contentType] = nil
        return Response(status: .notModified, headers: response.headers)
    }
}
