import Domain

/// What pages say of deleting: whether and for how long it can be taken back.
struct RemovalWords: Sendable {
    let services: WebServices
    let words: PageWords

    private var days: Int { Int(services.configuration.undoPeriod / 86_400) }
    private var isPossible: Bool { services.configuration.undoPeriod > 0 }

    /// What the page of the recently deleted begins with.
    var lead: String { isPossible ? words("removals.lead", count: days) : words("removals.never") }

    /// A question before something is deleted, with what can be done about it later.
    func question(_ key: String) -> String {
        "\(words(key)) \(isPossible ? words("removals.forDays", count: days) : words("removals.cannot"))"
    }

    /// What is said of the pictures that could not be kept.
    func notice(_ key: String, count: Int? = nil, goneAtOnce: Bool) -> PageNotice {
        let done = count.map { words(key, count: $0) } ?? words(key)
        return .good(goneAtOnce && isPossible ? "\(done) \(words("removals.reported"))" : done)
    }
}
