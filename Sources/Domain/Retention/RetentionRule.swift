import Foundation

/// For how long, and up to which size together, files of a camera label are kept.
package struct RetentionRule: Hashable, Sendable {
    /// What a rule is about.
    package enum Class: String, Sendable, CaseIterable {
        /// The stored original alone, sealed or kept; copies that routes have brought away stay.
        case original
        /// The camera's raw file alone, sealed or kept; the picture stays, and so do copies that routes have brought away.
        case raw
        /// The whole picture: out of sight, with all its files, here and at destinations.
        case picture
    }

    package let labelID: CameraLabelID
    package let what: Class
    /// Days since the picture arrived; nil: no limit.
    package let days: Int?
    /// Bytes of all of the label together, the oldest going first; nil: no limit.
    package let bytes: Int64?

    /// - Throws: `.unprocessable` when a number is out of its bounds, or there is none.
    package init(labelID: CameraLabelID, what: Class, days: Int?, bytes: Int64?) throws {
        guard days != nil || bytes != nil, days.map({ (1...36_500).contains($0) }) ?? true,
            bytes.map({ (0...1 << 60).contains($0) }) ?? true
        else {
            throw Failure(
                .unprocessable, "Files are kept for 1 to 36,500 days, or up to a size, or both.",
                details: ["reason": "bad_rule"])
        }
        self.labelID = labelID
        self.what = what
        self.days = days
        self.bytes = bytes
    }
}
