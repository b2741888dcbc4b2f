import Domain

/// Why a file was refused, in the reader's language.
struct RejectionText: Sendable {
    let words: PageWords

    /// Those that have a sentence of their own.
    private static let causes: Set<String> = ["raw_discarded", "raw_refused", "raw_damaged", "raw_unsupported", "heic"]

    /// One sentence.
    func callAsFunction(_ rejection: Rejection) -> String {
        guard rejection.reason == .invalidMetadata, let missing = rejection.details["missing_fields"]?.lowercased()
        else {
            let cause = rejection.details["cause"].flatMap { Self.causes.contains($0) ? $0 : nil }
            return words("upload.reason_\(cause ?? rejection.reason.rawValue)")
        }
        let place = ["lat", "lon", "position", "location"].contains { missing.contains($0) }
        let time = ["time", "date"].contains { missing.contains($0) }
        switch (place, time) {
        case (true, true): return words("upload.reason_no_place_no_time")
        case (true, false): return words("upload.reason_no_place")
        case (false, true): return words("upload.reason_no_time")
        case (false, false): return words("upload.reason_invalid_metadata")
        }
    }
}
