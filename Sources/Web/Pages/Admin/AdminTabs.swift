/// The places of the administration.
enum AdminTabs: String, CaseIterable, Sendable {
    case dashboard, alerts, jobs, audit
    case accounts, labels, hotlinks
    case classes, models, areas, ways
    case originals, retention, routes
    case instance, status

    /// What belongs together in the menu; raw values are keys of the words.
    enum Group: String, CaseIterable, Sendable {
        case watch, people, pictures, storage, server
    }

    var path: String { self == .dashboard ? "/admin" : "/admin/\(rawValue)" }

    var group: Group {
        switch self {
        case .dashboard, .alerts, .jobs, .audit: .watch
        case .accounts, .labels, .hotlinks: .people
        case .classes, .models, .areas, .ways: .pictures
        case .originals, .retention, .routes: .storage
        case .instance, .status: .server
        }
    }

    /// All places by group, this one marked.
    func menu(_ words: PageWords) -> AdminMenu {
        AdminMenu(
            groups: Group.allCases.map { group in
                .init(
                    title: words("admin.group_\(group.rawValue)"),
                    places: Self.allCases.filter { $0.group == group }.map { place($0, words) })
            })
    }

    private func place(_ other: AdminTabs, _ words: PageWords) -> AdminMenu.Place {
        .init(
            href: other.path, text: words("admin.\(other.rawValue)"), hint: words("admin.\(other.rawValue)_hint"),
            isCurrent: other == self)
    }
}
