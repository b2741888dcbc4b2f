import Domain
import Foundation

/// The instance as it was, look by look: for administrators only.
package struct SampleStore: Sendable {
    let engine: any SQLEngine

    package init(engine: any SQLEngine) { self.engine = engine }

    /// Seconds: until when every sample is kept, the pause between those that are kept longer, and the end.
    private static let (fine, coarse, end): (TimeInterval, TimeInterval, TimeInterval) =
        (30 * 86_400, 6 * 3600, 3 * 366 * 86_400)

    /// Looks, and writes what it sees. What darkroom children have taken since the last look is added to what they had taken
    /// before, by whichever run of the server.
    ///
    /// - Parameters:
    ///   - usage: since the last look.
    ///   - disk: bytes that are free, and all; nil when the system does not say.
    package func take(
        at moment: Date, usage: DarkroomUsage, disk: (free: Int64, size: Int64)?
    ) async throws {
        // Counting takes its time at a million pictures: nobody who writes waits for it.
        let seen = try await engine.read { connection in
            let stored = try Self.stored(connection)
            return (
                jobs: Int(try connection.number("SELECT COUNT(*) FROM jobs")),
                deliveries: Int(try connection.number("SELECT COUNT(*) FROM outbox")),
                pictures: Int(try connection.number("SELECT COUNT(*) FROM pictures WHERE erased_at IS NULL")),
                shown: stored.filter(\.kind.isShown).reduce(0) { $0 + $1.bytes },
                received: stored.filter { !$0.kind.isShown }.reduce(0) { $0 + $1.bytes }
            )
        }
        try await engine.write { connection in
            let last: (milliseconds: Int64, made: Int)? = try connection.first(
                "SELECT darkroom_ms, made FROM instance_samples ORDER BY at DESC LIMIT 1"
            ) { ($0.int64(), $0.int()) }
            let milliseconds = (last?.milliseconds ?? 0) + Int64((usage.seconds * 1000).rounded())
            try connection.execute(
                """
                INSERT INTO instance_samples (at, jobs, deliveries, pictures, picture_bytes, original_bytes, disk_free,
                    disk_size, darkroom_ms, made)
                VALUES (\(moment), \(seen.jobs), \(seen.deliveries), \(seen.pictures), \(seen.shown), \(seen.received),
                    \(disk.map { Int($0.free) }), \(disk.map { Int($0.size) }), \(milliseconds),
                    \((last?.made ?? 0) + usage.made))
                ON CONFLICT (at) DO UPDATE SET darkroom_ms = excluded.darkroom_ms, made = excluded.made
                """)
        }
    }

    /// Forgets what is too fine for its age, and what is too old.
    package func thin(at moment: Date) async throws {
        let (fine, end) = (moment.addingTimeInterval(-Self.fine), moment.addingTimeInterval(-Self.end))
        let width = Int64(Self.coarse * 1e6)
        try await engine.write { connection in
            try connection.execute("DELETE FROM instance_samples WHERE at < \(end)")
            // What counts up is in the last of each span.
            try connection.execute(
                """
                DELETE FROM instance_samples AS s WHERE s.at < \(fine) AND EXISTS (
                    SELECT 1 FROM instance_samples n WHERE n.at > s.at AND n.at < (s.at / \(width) + 1) * \(width))
                """)
        }
    }

    /// By time; the last before `start` comes first, so that what counts up can be taken apart from the first moment on.
    package func list(from start: Date, to end: Date) async throws -> [InstanceSample] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT at, jobs, deliveries, pictures, picture_bytes, original_bytes, disk_free, disk_size, darkroom_ms, made
                FROM instance_samples
                WHERE at >= COALESCE((SELECT MAX(at) FROM instance_samples WHERE at < \(start)), \(start)) AND at < \(end)
                ORDER BY at
                """
            ) { row in
                InstanceSample(
                    at: row.date(), jobs: row.int(), deliveries: row.int(), pictures: row.int(),
                    pictureBytes: row.int64(), originalBytes: row.int64(),
                    diskFree: row.optionalInt().map(Int64.init), diskSize: row.optionalInt().map(Int64.init),
                    darkroomSeconds: Double(row.int64()) / 1000, made: row.int())
            }
        }
    }

    /// What each kind of file takes in the store now.
    package func stored() async throws -> [StoredBytes] {
        try await engine.read { try Self.stored($0) }
    }

    private static func stored(_ connection: any SQLConnection) throws -> [StoredBytes] {
        var found: [StoredBytes.Kind: StoredBytes] = [:]
        try connection.each("SELECT kind, files, bytes FROM stored_bytes") { row in
            let kind: StoredBytes.Kind = try row.word()
            found[kind] = StoredBytes(kind: kind, files: row.int(), bytes: row.int64())
        }
        return StoredBytes.Kind.allCases.map { found[$0] ?? StoredBytes(kind: $0, files: 0, bytes: 0) }
    }
}
