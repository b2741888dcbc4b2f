/// Whether everybody may see a camera label's newest picture, without a login, at an address that never changes.
package struct Hotlink: Hashable, Sendable {
    package let isEnabled: Bool
    /// Seconds: when the newest picture is older, a placeholder is shown instead of it; nil: however old it is.
    package let newestWithin: Int?

    /// As every label is at first.
    package static let off = Hotlink(uncheckedEnabled: false, newestWithin: nil)

    /// A minute to ten years.
    package static let spans = 60...315_360_000

    /// Throws `.unprocessable` for a time that no picture can be newer than.
    package init(isEnabled: Bool, newestWithin: Int?) throws {
        if let newestWithin, !Self.spans.contains(newestWithin) {
            throw Failure(
                .unprocessable, "A picture of a hotlink may be from a minute to ten years old.",
                details: ["reason": "newest_within"])
        }
        self.init(uncheckedEnabled: isEnabled, newestWithin: newestWithin)
    }

    private init(uncheckedEnabled isEnabled: Bool, newestWithin: Int?) {
        self.isEnabled = isEnabled
        self.newestWithin = newestWithin
    }

    /// What it is served at: `1920x1280`, `1280x720`, `640x480`; pictures fit in, and keep their shape.
    package static let sizes = [(1920, 1280), (1280, 720), (640, 480)].compactMap {
        try? Rendition(width: $0.0, height: $0.1)
    }
}
