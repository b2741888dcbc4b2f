import Domain
import HTTPTypes
import Hummingbird

extension Response {
    /// Erased from sight; the link leads to the receipt (RFC 8288).
    static func erased(_ receipt: ErasureID, _ baseURL: String) -> Response {
        erased(Deletion(removal: nil, receipt: receipt), baseURL)
    }

    /// Erased from sight; the links lead to the receipt for what is gone, and to what can be taken back.
    static func erased(_ deletion: Deletion, _ baseURL: String) -> Response {
        var links: [String] = []
        if let removal = deletion.removal {
            links.append("<\(baseURL)/api/removals/\(removal)>; rel=\"related\"; title=\"removal\"")
        }
        if let receipt = deletion.receipt {
            links.append("<\(baseURL)/api/receipts/\(receipt)>; rel=\"related\"; title=\"receipt\"")
        }
        var response = Response.noContent
        response.headers[.link] = links.joined(separator: ", ")
        return response
    }
}
