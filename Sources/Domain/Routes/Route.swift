import Foundation

package typealias RouteID = Identifier<Route>

/// A rule for sending copies on: what of which camera labels goes where, when, and under which names.
package struct Route: Hashable, Sendable {
    /// What becomes of copies of a picture that is hidden: reported, owner-only, in an excluded area, or waiting to be
    /// redacted anew. Copies of an erased one always go.
    package enum WhenHidden: String, Codable, Sendable, CaseIterable {
        /// They are taken back, and such pictures are not sent.
        case withdraw
        /// They stay, and such pictures are sent like all others: a backup of one's own.
        case keep
    }

    package let id: RouteID
    /// Unique, compared without case.
    package var name: String
    package var labels: [CameraLabelID]
    package var contents: [RouteContent]
    /// Each gets everything, and owes the others nothing: mirrors.
    package var destinations: [RouteDestination]
    package var pattern: NamePattern
    /// When files are sent; nil: at once. What is taken back waits for no window.
    package var window: DeliveryWindow?
    /// Bytes a second to each destination; nil: as fast as it goes.
    package var rate: Int?
    package var whenHidden: WhenHidden
    /// Of each label the newest picture alone, which takes the place of the one before: what hotlinks show.
    package private(set) var newestOnly: Bool
    /// Pictures that arrived before are not sent; nil: all are.
    package var since: Date?
    /// One that is not sends nothing, and still takes back what is hidden.
    package var isEnabled: Bool
    package let createdAt: Date
    /// Since when it takes back what it has sent, to be deleted then; nil for one that is there to stay.
    package let endingSince: Date?

    package init(
        id: RouteID = RouteID(), name: String, labels: [CameraLabelID], contents: [RouteContent],
        destinations: [RouteDestination], pattern: NamePattern? = nil, window: DeliveryWindow? = nil, rate: Int? = nil,
        whenHidden: WhenHidden = .withdraw, newestOnly: Bool = false, since: Date? = nil, isEnabled: Bool = true,
        createdAt: Date = .now, endingSince: Date? = nil
    ) {
        self.id = id
        self.name = name
        self.labels = labels
        self.contents = contents
        self.destinations = destinations
        self.pattern = pattern ?? .usual(for: contents, newestOnly: newestOnly)
        self.window = window
        self.rate = rate
        self.whenHidden = whenHidden
        self.newestOnly = newestOnly
        self.since = since
        self.isEnabled = isEnabled
        self.createdAt = createdAt
        self.endingSince = endingSince
    }

    /// A pattern that is the usual one becomes the one that is usual then.
    package mutating func sendNewestOnly(_ isSo: Bool) {
        if pattern == .usual(for: contents, newestOnly: newestOnly) {
            pattern = .usual(for: contents, newestOnly: isSo)
        }
        newestOnly = isSo
    }
}
