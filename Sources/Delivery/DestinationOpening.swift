import Domain
import Storage

/// Makes destinations of what routes say of them.
package struct DestinationOpening: Sendable {
    /// Opens what this target does not know of itself; nil for what it does.
    package typealias Open =
        @Sendable (
            DestinationConfiguration, _ secrets: [String: String]
        ) async throws -> (any Destination)?

    private let rclone: RcloneProgram
    private let other: Open

    package init(rclone: RcloneProgram, _ other: @escaping Open = { _, _ in nil }) {
        self.rclone = rclone
        self.other = other
    }

    /// Throws when it cannot be a destination at all.
    package func open(_ destination: RouteDestination) async throws -> any Destination {
        let secrets = destination.secrets
        if let found = try await other(destination.configuration, secrets) { return found }
        switch destination.configuration {
        case .directory(let place): return DirectoryDestination(root: place.path)
        case .rclone(let place): return try await RcloneDestination(place, secrets: secrets, program: rclone)
        case .http(let place): return HTTPPutDestination(place, secrets: secrets)
        case .bucket, .wayside:
            throw Failure(
                .unprocessable, "This server cannot send to such a destination.", details: ["field": "destinations"])
        }
    }
}
