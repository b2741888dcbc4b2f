import Domain
import Storage

/// Makes destinations of what routes say of them.
package struct DestinationOpening: Sendable {
    /// Opens what this target does not know of itself; nil for what it does.
    package typealias Open =
        @Sendable (
            DestinationConfiguration, _ secrets: [String: String]
        ) async throws -> (any Destination)?

    private let other: Open

    package init(_ other: @escaping Open = { _, _ in nil }) { self.other = other }

    /// Throws when it cannot be a destination at all.
    package func open(_ destination: RouteDestination) async throws -> any Destination {
        if let found = try await other(destination.configuration, destination.secrets) { return found }
        switch destination.configuration {
        case .directory(let place): return DirectoryDestination(root: place.path)
        case .bucket, .rclone, .http:
            throw Failure(
                .unprocessable, "This server cannot send to such a destination.", details: ["field": "destinations"])
        }
    }
}
