import Domain

/// Waits until `condition` holds, asking again and again; throws when it still does not after `limit`.
package func eventually(
    within limit: Duration = .seconds(100), _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw Failure(.internalError, "What the test waits for did not happen within \(limit).")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}
