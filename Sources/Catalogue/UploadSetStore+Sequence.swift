import Domain
import Foundation

/// Sequences that are made before their pictures, which are then sent to them one by one (Panoramax's older way).
extension UploadSetStore {
    /// Makes the set and its one sequence. Throws `.conflict` when the sequence's id is in use.
    package func create(_ set: UploadSet, with sequence: PictureSequence) async throws {
        try await engine.write { connection in
            guard try !connection.exists("SELECT 1 FROM sequences WHERE id = \(sequence.id)") else {
                throw Failure(.conflict, "There is a collection of this id already.")
            }
            try Self.insert(set, connection)
            try connection.execute(
                """
                INSERT INTO sequences
                    (id, account_id, label_id, upload_set_id, part, title, visibility, sort_method, created_at,
                    updated_at, is_kept)
                VALUES (\(sequence.id), \(sequence.accountID), \(sequence.labelID), \(set.id), 1, \(sequence.title),
                    \(sequence.visibility.rawValue), \(sequence.sortMethod.rawValue), \(sequence.createdAt),
                    \(sequence.updatedAt), 1)
                """)
        }
    }

    /// The upload set behind a sequence that was made before its pictures; nil for any other.
    package func receiving(_ sequence: SequenceID) async throws -> UploadSetID? {
        try await engine.read { connection in
            try connection.first(
                "SELECT upload_set_id FROM sequences WHERE id = \(sequence) AND is_kept = 1 AND is_away = 0"
            ) { $0.id() }
        }
    }

    /// Whether the set has a picture of other bytes in this folder; the raw file of a JPEG is no other picture.
    package func hasFile(
        _ id: UploadSetID, in folder: String, otherThan sha256: String, as name: String
    ) async throws -> Bool {
        try await engine.read { connection in
            // The character after a slash is a zero.
            let paths = try connection.rows(
                """
                SELECT path FROM upload_files WHERE upload_set_id = \(id) AND path >= \("\(folder)/")
                    AND path < \("\(folder)0") AND rejection_reason IS NULL AND sha256 <> \(sha256)
                """
            ) { $0.text() }
            return paths.contains { !RawFormat.isPair($0, "\(folder)/\(name)") }
        }
    }
}
