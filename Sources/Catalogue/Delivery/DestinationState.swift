import Domain
import Foundation

/// How a destination of a route is doing.
package struct DestinationState: Hashable, Sendable {
    package let routeID: RouteID
    package let number: Int
    /// Since when nothing can be delivered there; nil while it works.
    package let downSince: Date?
    /// In a row.
    package let failures: Int
    /// Not before this.
    package let retryAt: Date
    /// Why it is down: a sentence.
    package let lastError: String?
    /// When something was last delivered, or found to be in line.
    package let workedAt: Date?
    /// Pictures it is still owed.
    package let waiting: Int
    /// Dead letters.
    package let parked: Int
    /// Since when the oldest of those that are not dead letters waits.
    package let oldest: Date?
    /// Files that lie there.
    package let files: Int
    /// Bytes of them.
    package let size: Int64
}
