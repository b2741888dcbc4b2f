import Catalogue

/// What the lists of "My pictures" are sorted by, in addresses: `oldest` and `newest` for the time something was taken, else
/// the key, with a minus for downwards.
extension MineFilter {
    /// What each list can be sorted by. Uploads come as they were sent, the newest first.
    static func keys(_ tab: Tab) -> [OwnPictureOrder.Key] {
        switch tab {
        case .pictures: OwnPictureOrder.Key.allCases
        case .sequences: [.taken, .sent]
        case .sets: []
        }
    }

    /// Of a sequence from its beginning, else the newest first.
    static func usual(_ isSequence: Bool) -> OwnPictureOrder { OwnPictureOrder(.taken, isDescending: !isSequence) }

    static func text(_ order: OwnPictureOrder) -> String {
        if order.key == .taken { return order.isDescending ? "newest" : "oldest" }
        return order.isDescending ? "-\(order.key.rawValue)" : order.key.rawValue
    }

    /// Nil for what this list cannot be sorted by.
    static func order(_ text: String?, _ tab: Tab) -> OwnPictureOrder? {
        guard let text else { return nil }
        return orders(tab).first { self.text($0) == text }
    }

    /// All orders of a list, times from the newest and words from A first.
    static func orders(_ tab: Tab) -> [OwnPictureOrder] {
        keys(tab).flatMap { key in
            let isDownFirst = key == .taken || key == .sent
            return [isDownFirst, !isDownFirst].map { OwnPictureOrder(key, isDescending: $0) }
        }
    }

    /// The head of a column; sorted by what it shows, a click turns it round.
    func column(_ title: String, _ key: OwnPictureOrder.Key? = nil, isNumber: Bool = false) -> MineContent.Column {
        guard let key, Self.keys(tab).contains(key), !isThumbs else {
            return .init(title: title, href: nil, sort: nil, isNumber: isNumber)
        }
        let isCurrent = key == order.key
        let next =
            isCurrent
            ? OwnPictureOrder(key, isDescending: !order.isDescending) : Self.orders(tab).first { $0.key == key }
        return .init(
            title: title, href: "/pictures?\(text(sorted: next))",
            sort: isCurrent ? (order.isDescending ? "descending" : "ascending") : nil, isNumber: isNumber)
    }

    /// The same in the usual order.
    var inUsualOrder: MineFilter {
        var same = self
        (same.order, same.after) = (Self.usual(sequence != nil), nil)
        return same
    }
}
