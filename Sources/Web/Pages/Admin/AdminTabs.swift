/// The tabs of the administration.
enum AdminTabs: String, CaseIterable, Sendable {
    case dashboard, accounts, labels, classes, originals, retention, routes, hotlinks, areas, ways, alerts, status
    case jobs, audit, instance

    var path: String { self == .dashboard ? "/admin" : "/admin/\(rawValue)" }

    /// All tabs, this one marked.
    func all(_ words: PageWords) -> [PageTab] {
        Self.allCases.map { PageTab(href: $0.path, text: words("admin.\($0.rawValue)"), isCurrent: $0 == self) }
    }
}
