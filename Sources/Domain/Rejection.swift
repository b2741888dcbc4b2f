/// Why a file of an upload set did not become a picture: a result, not an error.
package struct Rejection: Hashable, Sendable, Codable, Error {
    /// The reasons, as Panoramax names them on the wire.
    package enum Reason: String, Codable, Sendable, CaseIterable {
        /// Same place and direction as a picture kept before it in its sequence.
        case captureDuplicate = "capture_duplicate"
        /// Same bytes as a picture that is already there.
        case fileDuplicate = "file_duplicate"
        /// Not a readable picture.
        case invalidFile = "invalid_file"
        /// No position, no time, or tags that contradict each other.
        case invalidMetadata = "invalid_metadata"
        /// Taken at a place where nothing may be shown.
        case inExcludedArea = "in_excluded_area"
        case otherError = "other_error"
    }

    package let reason: Reason
    /// One sentence a driver understands.
    package let message: String
    /// Particulars for programs, e.g. `missing_fields`, `duplicate_of`, `distance`, `angle`.
    package let details: [String: String]

    package init(_ reason: Reason, _ message: String, details: [String: String] = [:]) {
        self.reason = reason
        self.message = message
        self.details = details
    }
}
