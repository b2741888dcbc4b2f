/// Areas as one rule: may a picture of this account, taken here, be shown?
package struct AreaRules: Sendable {
    private let excluded: [ExcludedArea]
    private let allowed: [ExcludedArea]
    private let own: [AccountID: [ExcludedArea]]
    /// Where there are allowed areas, though none of them may be among those given here.
    private let isLimited: Bool

    /// - Parameter isLimited: whether there is any allowed area at all; nil: as the given ones say.
    package init(_ areas: [ExcludedArea], isLimited: Bool? = nil) {
        let general = areas.filter { $0.accountID == nil }
        excluded = general.filter { $0.kind == .excluded }
        allowed = general.filter { $0.kind == .allowed }
        own = areas.reduce(into: [:]) { own, area in
            if let account = area.accountID { own[account, default: []].append(area) }
        }
        self.isLimited = isLimited ?? !allowed.isEmpty
    }

    /// Whether a picture of `account` taken at `point` must not be shown.
    package func excludes(_ point: GeoPoint, of account: AccountID) -> Bool {
        if isLimited, !allowed.contains(where: { $0.shape.contains(point) }) { return true }
        return excluded.contains { $0.shape.contains(point) }
            || own[account, default: []].contains { $0.shape.contains(point) }
    }
}
