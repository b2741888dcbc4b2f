/// A sentence at the top of a page that tells what came of what the person did.
struct PageNotice: Sendable {
    /// The style: `good` or `bad`.
    let tone: String
    let icon: String
    /// For screen readers: an alert interrupts, a status does not.
    let role: String
    let text: String

    static func good(_ text: String) -> PageNotice {
        PageNotice(tone: "good", icon: "check", role: "status", text: text)
    }

    static func bad(_ text: String) -> PageNotice {
        PageNotice(tone: "bad", icon: "warning", role: "alert", text: text)
    }

    /// What may be said after a redirect, by the `said` parameter; nothing else can be put on a page by a link.
    private static let sayable: Set<String> = [
        "accounts.saved", "instance.saved", "jobs.retried", "embeds.ended", "labels.saved", "labels.redacting",
        "classes.saved", "classes.deleted", "policy.saved", "policy.mounted", "account.revoked", "account.claimed",
        "account.refused", "password.changed",
        "sequence.deleted", "sequence.redacting", "uploads.deleted", "login.signedOut", "reports.answered",
        "reports.restored", "reports.stillHidden", "reports.deleted",
        "routes.saved", "routes.retried", "routes.deleted", "routes.withdrawing", "routes.working", "originals.saved",
        "originals.discarded",
        "card.agreed", "card.notTicked", "set.triedAgain", "set.pictureDeleted", "hotlinks.saved", "processing.saved",
        "processing.run", "processing.logoSaved", "processing.logoRemoved", "visibility.saved", "areas.deleted",
        "ways.loadedNow", "ways.removed", "alerts.saved", "retention.saved", "erase.done", "removals.partly",
    ]

    /// The notice that `?said=` asks for, if it is one of ours.
    static func said(_ query: Query, _ words: PageWords) -> PageNotice? {
        guard let key = query["said"], sayable.contains(key) else { return nil }
        return .good(words(key))
    }
}
