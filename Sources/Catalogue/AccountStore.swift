import Domain
import Foundation

/// Accounts, their password hashes and the count of failed logins.
package struct AccountStore: Sendable {
    let engine: any SQLEngine

    /// Throws `.conflict` when the name is taken (compared without case).
    package func create(_ account: Account, passwordHash: String?) async throws {
        try await engine.write { connection in
            try Self.refuseTakenName(account, connection)
            try connection.execute(
                """
                INSERT INTO accounts
                    (id, name, name_key, role, password_hash, must_change_password, is_disabled, created_at)
                VALUES (\(account.id), \(account.name), \(NameKey.of(account.name)), \(account.role.rawValue),
                    \(passwordHash), \(account.mustChangePassword), \(account.isDisabled), \(account.createdAt))
                """)
        }
    }

    package func find(_ id: AccountID) async throws -> Account? {
        try await engine.read { try $0.first("\(Self.select) WHERE a.id = \(id)") { try Self.account(&$0) } }
    }

    package func find(name: String) async throws -> Account? { try await credentials(name: name)?.account }

    /// All accounts by name.
    package func list() async throws -> [Account] {
        try await engine.read { try $0.rows("\(Self.select) ORDER BY a.name_key") { try Self.account(&$0) } }
    }

    /// The account with its password hash (`nil`: cannot sign in with a password).
    package func credentials(name: String) async throws -> (account: Account, passwordHash: String?)? {
        try await engine.read { connection in
            try connection.first("\(Self.select) WHERE a.name_key = \(NameKey.of(name))") { row in
                (try Self.account(&row), row.optionalText())
            }
        }
    }

    package func setPassword(_ id: AccountID, hash: String, mustChange: Bool) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE accounts SET password_hash = \(hash), must_change_password = \(mustChange)
                WHERE id = \(id) AND erased_at IS NULL
                """)
            guard count == 1 else { throw Failure.notFound("account") }
        }
    }

    /// Name, role, disabled.
    package func update(_ account: Account) async throws {
        try await engine.write { connection in
            try Self.refuseTakenName(account, connection)
            let count = try connection.execute(
                """
                UPDATE accounts SET name = \(account.name), name_key = \(NameKey.of(account.name)),
                    role = \(account.role.rawValue), is_disabled = \(account.isDisabled)
                WHERE id = \(account.id) AND erased_at IS NULL
                """)
            guard count == 1 else { throw Failure.notFound("account") }
        }
    }

    package func count() async throws -> Int {
        try await engine.read { Int(try $0.number("SELECT COUNT(*) FROM accounts WHERE erased_at IS NULL")) }
    }

    static let select: SQLStatement = """
        SELECT a.id, a.name, a.role, a.must_change_password, a.is_disabled, a.created_at, a.password_hash
        FROM (SELECT * FROM accounts WHERE erased_at IS NULL) a
        """

    /// Reads all columns of `select` but the password hash, which is the last.
    static func account(_ row: inout SQLRowReader) throws -> Account {
        Account(
            id: row.id(), name: row.text(), role: try row.word(), mustChangePassword: row.bool(),
            isDisabled: row.bool(), createdAt: row.date())
    }

    private static func refuseTakenName(_ account: Account, _ connection: any SQLConnection) throws {
        let key = NameKey.of(account.name)
        guard try connection.exists("SELECT 1 FROM accounts WHERE name_key = \(key) AND id <> \(account.id)") else {
            return
        }
        throw Failure(.conflict, "There is already an account of that name.", details: ["name": account.name])
    }
}
