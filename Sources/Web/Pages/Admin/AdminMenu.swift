/// The menu beside each page of the administration; where there is little room it folds.
struct AdminMenu: Sendable {
    struct Group: Sendable {
        let title: String
        let places: [Place]
    }

    struct Place: Sendable {
        let href: String
        let text: String
        /// What is done there.
        let hint: String
        let isCurrent: Bool
    }

    let groups: [Group]
}
