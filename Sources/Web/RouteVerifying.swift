import Domain

/// How destinations of routes are compared with what is known of them; given by the server.
package struct RouteVerifying: Sendable {
    /// The last comparison of a route; nil when there was none since the server runs.
    package let last: @Sendable (RouteID) -> RouteComparison.Run?
    /// Begins one. Throws `.conflict` while one goes on.
    package let start: @Sendable (RouteID, _ rehash: Bool, _ repair: Bool) throws -> RouteComparison.Run

    package init(
        last: @escaping @Sendable (RouteID) -> RouteComparison.Run?,
        start: @escaping @Sendable (RouteID, _ rehash: Bool, _ repair: Bool) throws -> RouteComparison.Run
    ) {
        self.last = last
        self.start = start
    }

    /// Where nothing compares.
    static let none = RouteVerifying(last: { _ in nil }) { _, _, _ in
        throw Failure(.unavailable, "This server does not compare destinations.")
    }
}
