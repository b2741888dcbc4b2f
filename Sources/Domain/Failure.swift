/// The one error type that crosses a target's edge. Adapters convert what their libraries throw into it;
/// only `Web/Problems` knows what HTTP status each code becomes.
package struct Failure: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is, independent of any transport.
    package enum Code: String, Sendable, CaseIterable {
        /// The request itself is malformed (syntax, a missing or unknown parameter).
        case invalid
        /// Well formed, but its content cannot be worked on.
        case unprocessable
        /// Nobody is signed in, or the credentials do not hold.
        case unauthenticated
        /// Signed in, and told so, but this may not be done (never used to confirm that something exists).
        case forbidden
        /// It does not exist, or the viewer may not know that it does.
        case notFound
        /// It was there, and its time is over.
        case gone
        /// It contradicts what is there already (a duplicate, a taken name).
        case conflict
        /// An `If-Match` or similar condition did not hold.
        case preconditionFailed
        /// The bytes are not those that the sender's checksum is of.
        case checksumMismatch
        /// Larger than a limit.
        case tooLarge
        /// A media type or encoding that is not taken.
        case unsupportedMedia
        /// Too many attempts; `details["retry_after"]` gives seconds.
        case tooMany
        /// The disk or bucket has no room.
        case noSpace
        /// A part of the system is not reachable for the moment; trying again later can help.
        case unavailable
        /// A fault of ours.
        case internalError
    }

    package let code: Code
    /// One sentence in plain English that says what is wrong and, where it helps, what to do.
    package let message: String
    /// Machine-readable particulars, shown to the client.
    package let details: [String: String]
    /// What caused it, for the log only.
    package let underlying: (any Error)?

    package init(
        _ code: Code, _ message: String, details: [String: String] = [:], underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.details = details
        self.underlying = underlying
    }

    /// The same answer for "does not exist" and "not yours to see".
    package static func notFound(_ what: String) -> Failure { Failure(.notFound, "There is no such \(what).") }

    package var description: String { "\(code.rawValue): \(message)" }
}
