import Domain
import Foundation

/// What the pipeline needs to cut a batch.
extension SequenceStore {
    /// What `dispatch` works on: every picture of the set with tags, but for those of sequences that
    /// people have put together; nil when the set is gone.
    package func candidates(of set: UploadSetID) async throws -> DispatchCandidates? {
        try await engine.read { connection in
            let found = try connection.first(
                "SELECT \(UploadSetRow.columns) FROM upload_sets u WHERE u.id = \(set) AND u.erased_at IS NULL"
            ) { try UploadSetRow.set(&$0) }
            guard let found else { return nil }
            let pictures = try Self.candidates(
                where: """
                    p.upload_set_id = \(set) AND p.captured_at IS NOT NULL AND \(Dispatch.isOpen("p"))
                    """, connection)
            return DispatchCandidates(set: found, pictures: pictures)
        }
    }

    /// One transaction: makes or re-uses sequences (in order of parts), sets rank and heading of each picture,
    /// turns near-duplicates of prepared pictures into rejections (their pictures go; queues `erase`), marks the set
    /// dispatched, ends the job. Other near-duplicates wait until it is known what becomes of the picture that is kept.
    /// Throws `.conflict`, and changes nothing, when the job's lease has been lost.
    package func dispatch(_ set: UploadSetID, _ plan: DispatchPlan, ending job: Job) async throws {
        let moment = Date.now
        try await engine.write { connection in
            try JobTable.end(job, connection)
            let found = try connection.first(
                """
                SELECT \(UploadSetRow.columns) FROM upload_sets u
                WHERE u.id = \(set) AND u.erased_at IS NULL AND u.completed_at IS NOT NULL
                """
            ) { try UploadSetRow.set(&$0) }
            guard let found else { return }
            try Dispatch(set: found, plan: plan, moment: moment, connection: connection).run()
        }
    }

    static func candidates(
        where condition: SQLStatement, _ connection: any SQLConnection
    ) throws -> [DispatchCandidates.Candidate] {
        try connection.rows(
            """
            SELECT p.id, COALESCE(f.path, p.original_name), p.longitude, p.latitude, p.captured_at, p.gps_time,
                p.camera_time, p.tag_heading, p.type, p.status = 'broken'
            FROM pictures p
            LEFT JOIN upload_files f ON f.picture_id = p.id AND f.upload_set_id = p.upload_set_id
                AND f.rejection_reason IS NULL AND f.sha256 = p.original_sha256
            WHERE \(condition) AND p.erased_at IS NULL
            ORDER BY p.captured_at, p.id
            """
        ) { row in
            DispatchCandidates.Candidate(
                id: row.id(), path: row.text(),
                position: GeoPoint(longitude: row.double(), latitude: row.double()), capturedAt: row.date(),
                gpsTime: row.optionalDate(), cameraTime: row.optionalDate(), heading: row.optionalDouble(),
                type: try row.word(), isBroken: row.bool())
        }
    }
}
