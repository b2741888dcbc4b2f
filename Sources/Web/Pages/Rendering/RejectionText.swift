import Domain

/// Why a file was refused, in the reader's language.
struct RejectionText: Sendable {
    let words: PageWords

    /// One sentence.
    func callAsFunction(_ rejection: Rejection) -> String {
        guard rejection.reason == .invalidMetadata, let missing = rejection.details["missing_fields"]?.lowercased()
        else {
            return words("upload.reason_\(rejection.reason.rawValue)")
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
