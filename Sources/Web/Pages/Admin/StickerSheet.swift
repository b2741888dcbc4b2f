/// A sheet of self-adhesive labels as they are sold, A4.
enum StickerSheet: String, CaseIterable, Sendable {
    /// 63.5 × 38.1 mm, 99.1 × 67.7 mm, 199.6 × 143.5 mm.
    case small, medium, large

    /// On a page.
    var count: Int {
        switch self {
        case .small: 21
        case .medium: 8
        case .large: 2
        }
    }
}
