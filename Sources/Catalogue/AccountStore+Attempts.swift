import Domain
import Foundation

extension AccountStore {
    /// Failed logins of one key (an account name or an address) and until when it is locked.
    package struct Attempts: Hashable, Sendable {
        package let failures: Int
        package let lockedUntil: Date?
        package init(failures: Int, lockedUntil: Date?) {
            self.failures = failures
            self.lockedUntil = lockedUntil
        }
    }

    /// What failed logins under a name are counted by.
    package static func attemptKey(of name: String) -> String { "name:" + name.lowercased().prefix(100) }

    /// No failures when nothing is recorded.
    package func attempts(key: String) async throws -> Attempts {
        try await engine.read { connection in
            try connection.first(
                "SELECT failures, locked_until FROM login_attempts WHERE attempt_key = \(key)"
            ) { row in
                Attempts(failures: row.int(), lockedUntil: row.optionalDate())
            } ?? Attempts(failures: 0, lockedUntil: nil)
        }
    }

    /// Seconds after which a key's failures are forgotten when no other came: an office's address would be locked for each typing
    /// mistake some day, and nobody needs to know who mistyped a year ago.
    private static let remembered: TimeInterval = 86_400

    /// Counts one failed login in a single transaction, so that attempts made at the same time all count; `lockedUntil`
    /// says from the new number of failures whether the key is locked now. Gives the new state.
    package func countFailure(
        key: String, at moment: Date, lockedUntil: @escaping @Sendable (_ failures: Int) -> Date?
    ) async throws -> Attempts {
        try await engine.write { connection in
            let forgotten = moment.addingTimeInterval(-Self.remembered)
            try connection.execute("DELETE FROM login_attempts WHERE updated_at < \(forgotten)")
            let known = try connection.number("SELECT failures FROM login_attempts WHERE attempt_key = \(key)")
            let failures = Int(known) + 1
            let attempts = Attempts(failures: failures, lockedUntil: lockedUntil(failures))
            try Self.record(attempts, key: key, at: moment, connection)
            return attempts
        }
    }

    package func clearAttempts(key: String) async throws {
        try await engine.write { try $0.execute("DELETE FROM login_attempts WHERE attempt_key = \(key)") }
    }

    private static func record(
        _ attempts: Attempts, key: String, at moment: Date, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO login_attempts (attempt_key, failures, locked_until, updated_at)
            VALUES (\(key), \(attempts.failures), \(attempts.lockedUntil), \(moment))
            ON CONFLICT (attempt_key) DO UPDATE SET failures = excluded.failures,
                locked_until = excluded.locked_until, updated_at = excluded.updated_at
            """)
    }
}
