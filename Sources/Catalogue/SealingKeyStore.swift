import Domain
import Foundation

/// Public keys that originals are sealed to. A key stays, since what was sealed to it names it.
package struct SealingKeyStore: Sendable {
    let engine: any SQLEngine

    /// Adds the key, unless the same public key is there already: then that one is given back, under its own name.
    /// Throws `.conflict` when the name is another key's.
    package func add(_ key: SealingKey) async throws -> SealingKey {
        try await engine.write { connection in
            if let known = try Self.first("id = \(key.id)", connection) { return known }
            guard try Self.first("name_key = \(NameKey.of(key.name))", connection) == nil else {
                throw Failure(.conflict, "There is already a key of that name.", details: ["name": key.name])
            }
            try connection.execute(
                """
                INSERT INTO sealing_keys (id, name, name_key, public_key, created_at)
                VALUES (\(key.id), \(key.name), \(NameKey.of(key.name)), \(key.publicKey), \(key.createdAt))
                """)
            return key
        }
    }

    package func find(_ id: String) async throws -> SealingKey? {
        try await engine.read { try Self.first("id = \(id)", $0) }
    }

    package func find(name: String) async throws -> SealingKey? {
        try await engine.read { try Self.first("name_key = \(NameKey.of(name))", $0) }
    }

    /// All keys, by name.
    package func list() async throws -> [SealingKey] {
        try await engine.read { connection in
            try connection.rows("SELECT \(Self.columns) FROM sealing_keys ORDER BY name_key") { Self.key(&$0) }
        }
    }

    private static let columns: SQLStatement = "id, name, public_key, created_at"

    private static func first(_ condition: SQLStatement, _ connection: any SQLConnection) throws -> SealingKey? {
        try connection.first("SELECT \(columns) FROM sealing_keys WHERE \(condition)") { key(&$0) }
    }

    private static func key(_ row: inout SQLRowReader) -> SealingKey {
        SealingKey(id: row.text(), name: row.text(), publicKey: row.text(), createdAt: row.date())
    }
}
