import Catalogue
import Domain

/// How far a batch is, in one word and one colour.
struct UploadSetBadge: Sendable {
    let tone: String
    let text: String

    /// - Parameter isMoved: pictures of its files are in another upload now.
    init(_ set: UploadSet, _ status: UploadSetStatus, _ words: PageWords, isMoved: Bool = false) {
        let hasProblems = status.broken > 0 || status.rejected > 0 || status.held > 0
        switch (set.completedAt != nil, set.dispatchedAt != nil && status.isSettled) {
        case (false, _):
            tone = "warn"
            text = words("uploads.statusSending")
        case (true, false):
            tone = "warn busy"
            text = words("uploads.statusProcessing")
        case (true, true) where hasProblems:
            tone = status.prepared > 0 ? "warn" : "bad"
            text = words("uploads.statusProblems")
        case (true, true) where status.prepared == 0 && isMoved:
            tone = ""
            text = words("uploads.statusMoved")
        case (true, true):
            tone = status.prepared > 0 ? "good" : ""
            text = words(status.prepared > 0 ? "uploads.statusDone" : "uploads.statusEmpty")
        }
    }
}
