import Domain
import Foundation

/// Staged files that nobody needs any more and that must not wait for the janitor's next round: parts of what was given
/// up, of what expired, and of what somebody had erased.
enum UnwantedFiles {
    /// Notes the bytes of the partial uploads that `condition` holds for, before their rows go; how many there are.
    ///
    /// - Parameter erasure: the receipt that is to wait until they are gone.
    @discardableResult
    static func note(
        partials condition: SQLStatement, erasure: ErasureID?, _ connection: any SQLConnection
    ) throws -> Int {
        try connection.execute(
            """
            INSERT INTO unwanted_files (staged_name, erasure_id)
            SELECT staged_name, \(erasure) FROM partial_uploads WHERE \(condition) AND staged_name IS NOT NULL
            """)
    }

    /// Notes a file that nothing needs from now on.
    static func note(_ stagedName: String, _ connection: any SQLConnection) throws {
        try connection.execute("INSERT INTO unwanted_files (staged_name, erasure_id) VALUES (\(stagedName), NULL)")
    }

    /// Erases the partial uploads that `condition` holds for.
    static func erase(
        partials condition: SQLStatement, as request: ErasureRequest, _ connection: any SQLConnection
    ) throws {
        try note(partials: condition, erasure: request.id, connection)
        try PartialUploadStore.forget(condition, connection)
    }
}

extension PartialUploadStore {
    /// Names of staged files that are to be removed.
    package func unwantedFiles(limit: Int) async throws -> [String] {
        try await engine.read { connection in
            try connection.rows("SELECT staged_name FROM unwanted_files ORDER BY staged_name LIMIT \(limit)") {
                $0.text()
            }
        }
    }

    /// They are gone; a receipt that waited for the last of them ends.
    package func removed(unwanted names: [String], at moment: Date) async throws {
        try await engine.write { connection in
            for part in names.parts(of: 500) {
                let chosen: SQLStatement = "staged_name IN \(SQLStatement.list(part.map { .text($0) }))"
                let erasures = try connection.rows(
                    "SELECT DISTINCT erasure_id FROM unwanted_files WHERE \(chosen) AND erasure_id IS NOT NULL"
                ) { $0.id(ErasureID.self) }
                try connection.execute("DELETE FROM unwanted_files WHERE \(chosen)")
                for id in erasures { try ErasureRequest.finish(id, at: moment, connection) }
            }
        }
    }
}
