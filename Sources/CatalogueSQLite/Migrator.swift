import Domain
import Foundation
import GRDB

/// Applies the steps a database lacks, in one transaction that no other process can interleave with.
struct Migrator {
    let steps: [MigrationFolder.Step]

    func run(on database: Database) throws {
        // Two processes that start together: the second waits here and then finds nothing to do.
        try database.inTransaction(.exclusive) {
            try database.execute(
                sql:
                    "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY NOT NULL, applied_at INTEGER NOT NULL)"
            )
            let applied = try Set(String.fetchAll(database, sql: "SELECT name FROM migrations"))
            try refuseNewer(applied)
            for step in steps where !applied.contains(step.name) {
                try apply(step, on: database)
            }
            return .commit
        }
    }

    private func refuseNewer(_ applied: Set<String>) throws {
        guard let unknown = applied.subtracting(steps.map(\.name)).max() else { return }
        throw Failure(
            .conflict,
            "The database was made by a newer version of Wayside (it has \(unknown)); start that version or a later one.",
            details: ["migration": unknown])
    }

    private func apply(_ step: MigrationFolder.Step, on database: Database) throws {
        try database.execute(sql: step.sql)
        try database.execute(
            sql: "INSERT INTO migrations (name, applied_at) VALUES (?, ?)",
            arguments: [step.name, Int64(Date.now.timeIntervalSince1970 * 1e6)])
    }
}
