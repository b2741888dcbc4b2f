import Domain
import Foundation

/// What a list of reports asks for.
package struct ReportQuery: Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        /// Those the viewer has a part in handling.
        case handled
        /// About the viewer's own pictures, or made by the viewer.
        case own
        /// Made by the viewer.
        case made
    }

    package var scope: Scope
    /// True: those that wait; false: those that are closed; nil: both.
    package var isOpen: Bool?
    /// What the viewer may see of it anyway: it looks at nothing that a report does not show.
    package var filter: FilterExpression?
    /// Keyset: the last one of the page before.
    package var before: Report?
    package var limit: Int

    package init(
        _ scope: Scope, isOpen: Bool? = nil, filter: FilterExpression? = nil, before: Report? = nil, limit: Int = 100
    ) {
        self.scope = scope
        self.isOpen = isOpen
        self.filter = filter
        self.before = before
        self.limit = limit
    }
}
