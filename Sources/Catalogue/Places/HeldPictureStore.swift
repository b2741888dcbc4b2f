import Domain
import Foundation

/// Pictures that wait to be told where, or when, they were taken. Whether somebody may tell is decided before it comes to
/// this.
package struct HeldPictureStore: Sendable {
    let engine: any SQLEngine

    /// Those of a set by path; `after`: keyset, the path of the last one of the page before.
    package func list(
        of set: UploadSetID, after path: String? = nil, limit: Int, viewer: Viewer
    ) async throws -> [HeldPicture] {
        let sight = Sight(viewer)
        return try await engine.read { connection in
            try connection.rows(
                """
                SELECT p.id, f.path, f.size, h.lacks_place, h.lacks_time, h.camera_time, h.held_at, h.held_until
                FROM held_pictures h JOIN pictures p ON p.id = h.picture_id
                    JOIN upload_files f ON f.picture_id = p.id AND f.sha256 = p.original_sha256
                        AND f.rejection_reason IS NULL
                WHERE h.upload_set_id = \(set) AND p.erased_at IS NULL AND \(sight.sees(named: "p"))
                    AND f.path > \(path ?? "")
                ORDER BY f.path, p.id LIMIT \(limit)
                """
            ) { row in
                let (id, path, size) = (row.id(PictureID.self), row.text(), row.int64())
                let missing = Self.missing(&row)
                return HeldPicture(
                    id: id, path: path, size: size, missing: missing, cameraTime: row.optionalDate(),
                    heldAt: row.date(), heldUntil: row.date())
            }
        }
    }

    /// Gives places; the pictures go on as if their tags had said so. How many did: one that is not held any more, or not
    /// of the set, is left alone.
    package func place(
        _ places: [PictureID: GivenPlace], in set: UploadSetID, by viewer: Viewer, at moment: Date
    ) async throws -> Int {
        try await engine.write { connection in
            var count = 0
            for (id, place) in places {
                let release: SQLStatement = """
                    DELETE FROM held_pictures AS h
                    WHERE h.picture_id = \(id) AND h.upload_set_id = \(set) AND \(Self.isThere)
                    """
                guard try connection.execute(release) == 1 else { continue }
                try GivenPlaceTable.write(place, of: id, by: viewer, at: moment, connection)
                try connection.execute("UPDATE pictures SET updated_at = \(moment) WHERE id = \(id)")
                try JobTable.queue(.inspect(id), at: moment, connection)
                count += 1
            }
            guard count > 0 else { return 0 }
            // The batch is cut again, with them, once their tags are read.
            try connection.execute("UPDATE upload_sets SET dispatched_at = NULL WHERE id = \(set)")
            try JobTable.remove(.dispatch(set), connection)
            return count
        }
    }

    /// Refuses them, with a reason; how many. Their received files are removed within seconds.
    ///
    /// - Parameter pictures: nil for all that the set holds.
    package func giveUp(_ pictures: [PictureID]?, in set: UploadSetID, at moment: Date) async throws -> Int {
        try await engine.write { connection in
            var chosen: SQLStatement = "h.upload_set_id = \(set)"
            if let pictures { chosen += " AND h.picture_id IN \(SQLStatement.list(pictures.map { .id($0) }))" }
            return try Self.refuse(where: chosen, isGivenUp: true, at: moment, connection)
        }
    }

    /// Refuses those whose time is over, `limit` at most; how many.
    package func expire(at moment: Date, limit: Int) async throws -> Int {
        try await engine.write { connection in
            try Self.refuse(
                where: "h.held_until <= \(moment) ORDER BY h.held_until LIMIT \(limit)", isGivenUp: false, at: moment,
                connection)
        }
    }

    /// What a picture that the darkroom refuses lacks can be added by a person: it is held, if its set says so. False when
    /// it does not, and nothing has happened.
    package func hold(_ id: PictureID, _ rejection: Rejection, until end: Date, ending job: Job) async throws -> Bool {
        let missing = rejection.missing
        guard !missing.isEmpty else { return false }
        let moment = Date.now
        return try await engine.write { connection in
            let set = try connection.first(
                """
                SELECT u.id FROM pictures p JOIN upload_sets u ON u.id = p.upload_set_id
                WHERE p.id = \(id) AND p.erased_at IS NULL AND u.holds_unplaced = 1
                """
            ) { $0.id(UploadSetID.self) }
            guard let set else { return false }
            try JobTable.end(job, connection)
            try connection.execute(
                """
                INSERT OR REPLACE INTO held_pictures
                    (picture_id, upload_set_id, lacks_place, lacks_time, camera_time, held_at, held_until)
                VALUES (\(id), \(set), \(missing.contains(.place)), \(missing.contains(.time)),
                    \(rejection.cameraTime), \(moment), \(end))
                """)
            try UploadSetLife.dispatchIfReady(set, at: moment, connection)
            return true
        }
    }
}
