import Foundation

/// What came of comparing a destination of a route with what is known of it.
package struct RouteComparison: Hashable, Sendable {
    /// Of the destination.
    package let number: Int
    /// Files that lie there.
    package var listed = 0
    /// Files that are to lie there.
    package var known = 0
    package var counts: [RouteFinding.Kind: Int] = [:]
    /// Pictures that were queued to be sent anew.
    package var queued = 0
    /// Why it could not be looked at to its end: a sentence.
    package var problem: String?

    package init(number: Int) { self.number = number }

    /// Whether nothing is missing, different or unsent.
    package var isInLine: Bool {
        problem == nil && RouteFinding.Kind.allCases.allSatisfy { $0 == .surplus || counts[$0] == nil }
    }

    /// All destinations of a route, as far as that has come.
    package struct Run: Hashable, Sendable {
        package let startedAt: Date
        /// Nil while it goes on.
        package var finishedAt: Date?
        package let rehashes: Bool
        package let repairs: Bool
        package var destinations: [RouteComparison] = []
        /// The first that were found, with the destinations' numbers.
        package var findings: [Finding] = []

        /// Findings that are kept.
        package static let most = 1000

        package struct Finding: Hashable, Sendable {
            package let destination: Int
            package let finding: RouteFinding

            package init(destination: Int, finding: RouteFinding) {
                self.destination = destination
                self.finding = finding
            }
        }

        package init(startedAt: Date, rehashes: Bool, repairs: Bool) {
            self.startedAt = startedAt
            self.rehashes = rehashes
            self.repairs = repairs
        }
    }
}
