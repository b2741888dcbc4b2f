import Domain

/// Waits until `condition` holds, asking again and again; throws when it still does not after `limit`.
package func eventually(
    within limit: Duration = .seconds(100), _ condition: () async throws -> Bool
) async throws {
    try await eventually(within: limit, orAsks: 0, condition)
}

/// As `eventually(within:)`, for a limit that a user was promised: on a machine that is busy with other tests, where a single
/// question may take a second, `asks` questions are the limit instead. What is slow by itself needs more of both.
package func eventually(
    within limit: Duration, orAsks asks: Int, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    var asked = 1
    while try await !condition() {
        guard ContinuousClock.now < deadline || asked < asks else {
            throw Failure(.internalError, "What the test waits for did not happen within \(limit).")
        }
        asked += 1
        try await Task.sleep(for: .milliseconds(10))
    }
}
