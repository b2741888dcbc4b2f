/// What becomes of what a route has sent, when it goes or one of its destinations does.
package enum SentCopies: String, Sendable, CaseIterable {
    /// It is taken back first.
    case withdraw
    /// It stays, and nothing reaches it any more: no erasure, no report.
    case leave
}
