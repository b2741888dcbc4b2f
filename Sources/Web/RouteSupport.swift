import Domain

/// What the rest of the server has to say to routes; a test's own where it matters.
package struct RouteSupport: Sendable {
    /// Throws `.unprocessable` for what this server cannot send, and for places that it may not send to.
    package var require: @Sendable (Route) async throws -> Void = { _ in }
    /// Tries one destination now, and throws what is wrong. One that was never used before is made ready; none else is, so
    /// that an empty folder where a disk should be mounted is not taken for it.
    package var check: @Sendable (RouteDestination, _ isNew: Bool) async throws -> Void = { _, _ in }

    package init() {}
}
