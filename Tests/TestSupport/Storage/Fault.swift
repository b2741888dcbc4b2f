import NIOHTTP1

/// What can go wrong between Wayside and its store.
package enum Fault: String, CaseIterable, Sendable {
    /// The connection ends before the request is read.
    case refused
    /// It ends in the middle of the request's body.
    case cutUpload
    /// The store has done it, and the answer is lost.
    case lostAnswer
    /// It ends in the middle of the answer's body.
    case truncated
    /// `500 InternalError`.
    case internalError
    /// `503 SlowDown`.
    case slowDown
    /// Nothing comes any more.
    case stall
    /// The store has done it, and names other bytes.
    case wrongTag
    /// A bit of the request's body is turned over.
    case altered

    /// What the store itself would say, where it says something.
    var answer: (status: HTTPResponseStatus, code: String)? {
        switch self {
        case .internalError: (.internalServerError, "InternalError")
        case .slowDown: (.serviceUnavailable, "SlowDown")
        default: nil
        }
    }
}
