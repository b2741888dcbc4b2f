import Domain
import HTTPTypes
import Hummingbird

extension Response {
    /// Erased from sight; the link leads to the receipt (RFC 8288).
    static func erased(_ receipt: ErasureID, _ baseURL: String) -> Response {
        var response = Response.noContent
        response.headers[.link] = "<\(baseURL)/api/receipts/\(receipt)>; rel=\"related\"; title=\"receipt\""
        return response
    }
}
