/// One of a row of tabs.
struct PageTab: Sendable {
    let href: String
    let text: String
    let isCurrent: Bool
}
