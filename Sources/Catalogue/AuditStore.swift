import Domain
import Foundation

/// What was done by whom; rows are only ever added.
package struct AuditStore: Sendable {
    let engine: any SQLEngine

    /// `action` is a stable word such as `label.redaction-disabled`; `details` hold no personal data beyond ids.
    package func record(
        _ action: String, by viewer: Viewer, subject: String, details: [String: String], at moment: Date
    ) async throws {
        try await engine.write { connection in
            try Self.insert(action, by: viewer, subject: subject, details: details, at: moment, connection)
        }
    }

    /// As `record`, in the transaction that does what is recorded.
    static func insert(
        _ action: String, by viewer: Viewer, subject: String, details: [String: String], at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        let text = try JSONText.encode(details)
        try connection.execute(
            """
            INSERT INTO audit (at, actor, action, subject, details)
            VALUES (\(moment), \(actor(viewer)), \(action), \(subject), \(text))
            """)
    }

    /// Newest first; `before` is the number of the last entry of the page before.
    package func list(_ filter: AuditFilter = AuditFilter(), before: Int64?, limit: Int) async throws -> [AuditEntry] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT id, at, actor, action, subject, details FROM audit
                WHERE id < \(before ?? .max) AND \(filter.condition) ORDER BY id DESC LIMIT \(limit)
                """
            ) { row in
                AuditEntry(
                    number: row.int64(), at: row.date(), actor: row.text(), action: row.text(),
                    subject: row.text(), details: try row.json())
            }
        }
    }

    /// The words that are there, by the alphabet: a step through an index for each.
    package func actions() async throws -> [String] {
        try await engine.read { connection in
            var actions: [String] = []
            while let next = try connection.first(
                "SELECT MIN(action) FROM audit WHERE action > \(actions.last ?? "")", { $0.optionalText() }) ?? nil
            {
                actions.append(next)
            }
            return actions
        }
    }

    private static func actor(_ viewer: Viewer) -> String {
        switch viewer {
        case .guest: "guest"
        case .account(let id, _): id.string
        case .system: "system"
        }
    }
}
