import Domain

/// What came of an action, in words.
struct MineOutcome: Sendable {
    var notice: PageNotice
    var reasons: [String] = []
    /// What can be taken back.
    var undo: RemovalOffer?

    init(_ notice: PageNotice) { self.notice = notice }

    /// - Parameter key: of the words for so many pictures that were changed.
    init(_ outcome: BulkOutcome, _ key: String, _ words: PageWords) {
        let done = words(key, count: outcome.changed.count)
        guard !outcome.unchanged.isEmpty else {
            notice = .good(done)
            return
        }
        let left = words("pictures.left", count: outcome.unchanged.count)
        notice = outcome.changed.isEmpty ? .bad(left) : .good("\(done) \(left)")
        reasons = outcome.reasons.map { reason, count in
            "\(PageFormat(words.language).number(count)) × \(BulkDocument.sentence(reason, words))"
        }
    }
}
