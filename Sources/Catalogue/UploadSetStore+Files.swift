import Domain
import Foundation

extension UploadSetStore {
    /// Ordered by arrival; `after`: keyset. A file whose picture is hidden from the viewer is left out.
    package func files(
        _ id: UploadSetID, after: UploadFile?, limit: Int, viewer: Viewer = .system
    ) async throws -> [UploadFile] {
        var statement: SQLStatement = """
            SELECT \(UploadSetRow.fileColumns) FROM upload_files f
            WHERE f.upload_set_id = \(id) AND \(Self.isOpenFile(to: viewer))
            """
        if let after {
            let moment = after.receivedAt
            statement += " AND f.received_at >= \(moment) AND (f.received_at > \(moment) OR f.id > \(after.id))"
        }
        statement += " ORDER BY f.received_at, f.id LIMIT \(limit)"
        return try await engine.read { [statement] connection in
            try connection.rows(statement) { try UploadSetRow.file(&$0) }
        }
    }

    /// Those files of the set with one of these paths; what the browser asks before it hashes.
    package func files(
        _ id: UploadSetID, paths: [String], viewer: Viewer = .system
    ) async throws -> [UploadFile] {
        try await engine.read { connection in
            var files: [UploadFile] = []
            for part in paths.parts(of: 200) {
                files += try connection.rows(
                    """
                    SELECT \(UploadSetRow.fileColumns) FROM upload_files f
                    WHERE f.upload_set_id = \(id) AND f.path IN \(SQLStatement.list(part.map { .text($0) }))
                        AND \(Self.isOpenFile(to: viewer))
                    ORDER BY f.received_at, f.id
                    """
                ) { try UploadSetRow.file(&$0) }
            }
            return files
        }
    }

    static func isOpenFile(to viewer: Viewer) -> SQLStatement {
        if viewer.seesEverything { return "1 = 1" }
        return """
            (f.rejection_reason IS NOT NULL OR f.picture_id IS NULL OR EXISTS (
                SELECT 1 FROM pictures p WHERE p.id = f.picture_id AND p.audience >= \(Sight(viewer).level(of: "p"))))
            """
    }

    package enum Admission: Hashable, Sendable {
        /// File, picture and `inspect` job are in the catalogue.
        case admitted
        /// The same bytes are a picture already (`file` is recorded with that picture, unless it is that picture's file).
        case duplicate(of: PictureID, inSet: UploadSetID)
        /// It belongs to a picture that is there already: the raw file of its JPEG, or the JPEG of its raw file.
        case joined(PictureID)
        /// A raw file where none is kept; the reason is recorded.
        case refused(Rejection)
    }

    /// One transaction: looks for the same bytes in any label the viewer may read (broken pictures do not count);
    /// else inserts file, picture (waiting, staged as `stagedName`) and its job. Re-opens a completed set;
    /// completes it when the estimate is reached. Account and label of the picture are the set's, and so is who may see
    /// it, as the set is now.
    /// Throws `.notFound` when the set is gone.
    ///
    /// - Parameter partial: what the file was received as, when it came in parts; it ends here.
    package func admit(
        _ file: UploadFile, as picture: Picture, stagedName: String, viewer: Viewer,
        ending partial: PartialUploadID? = nil
    ) async throws -> Admission {
        try await engine.write { connection in
            let visibility = try Self.visibility(of: file.uploadSetID, connection)
            if let known = try Self.picture(sha256: file.sha256, in: file.uploadSetID, viewer, connection) {
                try Self.record(file, asDuplicateOf: known.id, connection)
                if let partial {
                    try UnwantedFiles.note(partials: "id = \(partial.text)", erasure: nil, connection)
                    try PartialUploadStore.arrived(partial, as: .duplicate(of: known.id), connection)
                }
                return .duplicate(of: known.id, inSet: known.set)
            }
            let pairing = RawPairing(file: file, picture: picture, stagedName: stagedName, connection: connection)
            if let outcome = try pairing.outcome() {
                if let partial { try Self.end(partial, outcome, connection) }
                return outcome
            }
            try Self.supersede(file, connection)
            try Self.insert(picture, of: file, stagedName: stagedName, visibility: visibility, connection)
            try pairing.noteRaw()
            var admitted = file
            admitted.pictureID = picture.id
            admitted.rejection = nil
            try UploadSetRow.insert(admitted, connection)
            try JobTable.queue(.inspect(picture.id), at: file.receivedAt, connection)
            try UploadSetLife.reopen(file.uploadSetID, connection)
            try UploadSetLife.completeIfCounted(file.uploadSetID, at: file.receivedAt, connection)
            if let partial { try PartialUploadStore.arrived(partial, as: .admitted(picture.id), connection) }
            return .admitted
        }
    }

    /// What was received in parts is a file of a picture that was there, or of none.
    private static func end(
        _ partial: PartialUploadID, _ outcome: Admission, _ connection: any SQLConnection
    ) throws {
        if case .joined(let id) = outcome {
            return try PartialUploadStore.arrived(partial, as: .admitted(id), connection)
        }
        try UnwantedFiles.note(partials: "id = \(partial.text)", erasure: nil, connection)
        try PartialUploadStore.forget("id = \(partial.text)", connection)
    }

    /// Records a file that did not become a picture; replaces an earlier record of the same path that was rejected.
    ///
    /// - Parameter partial: what the file was received as, when it came in parts; it ends here.
    package func reject(_ file: UploadFile, ending partial: PartialUploadID? = nil) async throws {
        guard file.rejection != nil else {
            throw Failure(.internalError, "A refused file has a reason.")
        }
        try await engine.write { connection in
            _ = try Self.visibility(of: file.uploadSetID, connection)
            try Self.recordRefused(file, connection)
            if let partial {
                try UnwantedFiles.note(partials: "id = \(partial.text)", erasure: nil, connection)
                try PartialUploadStore.forget("id = \(partial.text)", connection)
            }
        }
    }

    /// The picture with these bytes, in a label the viewer may read.
    package func picture(sha256: String, viewer: Viewer) async throws -> PictureID? {
        try await engine.read { try Self.picture(sha256: sha256, in: nil, viewer, $0)?.id }
    }

    /// A picture with these bytes: in the set itself, else anywhere the viewer may read; the oldest.
    private static func picture(
        sha256: String, in set: UploadSetID?, _ viewer: Viewer, _ connection: any SQLConnection
    ) throws -> (id: PictureID, set: UploadSetID)? {
        let level = Sight(viewer).level(of: "p")
        return try connection.first(
            """
            SELECT p.id, p.upload_set_id FROM pictures p
            WHERE (p.original_sha256 = \(sha256) AND p.status <> 'broken'
                    OR p.id IN (SELECT picture_id FROM raw_files WHERE sha256 = \(sha256))
                        AND (p.status <> 'broken' OR p.original_sha256 <> \(sha256)))
                AND p.erased_at IS NULL
                AND (p.upload_set_id = \(set) OR (p.audience >= \(level) AND \(level) < 2))
            ORDER BY CASE WHEN p.upload_set_id = \(set) THEN 0 ELSE 1 END, p.created_at, p.id LIMIT 1
            """
        ) { ($0.id(), $0.id()) }
    }

    private static func record(
        _ file: UploadFile, asDuplicateOf picture: PictureID, _ connection: any SQLConnection
    ) throws {
        var duplicate = file
        duplicate.pictureID = picture
        duplicate.rejection = Rejection(
            .fileDuplicate, "The same picture is there already.", details: ["duplicate_of": picture.string])
        try recordRefused(duplicate, connection)
    }

    /// The same bytes under the same path that became a picture stay what they are.
    static func recordRefused(_ file: UploadFile, _ connection: any SQLConnection) throws {
        let isKnown = try connection.exists(
            """
            SELECT 1 FROM upload_files
            WHERE upload_set_id = \(file.uploadSetID) AND path = \(file.path) AND sha256 = \(file.sha256)
                AND rejection_reason IS NULL
            """)
        guard !isKnown else { return }
        try forgetRefusals(of: file, connection)
        try UploadSetRow.insert(file, connection)
        try UploadSetLife.completeIfCounted(file.uploadSetID, at: file.receivedAt, connection)
    }

    static func forgetRefusals(of file: UploadFile, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            DELETE FROM upload_files WHERE upload_set_id = \(file.uploadSetID) AND path = \(file.path)
                AND rejection_reason IS NOT NULL
            """)
    }

    /// Sent again: earlier refusals of the path no longer hold, and a picture of the same bytes that could not be
    /// worked on makes room.
    private static func supersede(_ file: UploadFile, _ connection: any SQLConnection) throws {
        try forgetRefusals(of: file, connection)
        let broken = try connection.rows(
            """
            SELECT picture_id FROM upload_files WHERE upload_set_id = \(file.uploadSetID)
                AND path = \(file.path) AND sha256 = \(file.sha256) AND picture_id IS NOT NULL
            """
        ) { $0.id(PictureID.self) }
        for id in broken { try PictureErasure.erase(where: "id = \(id)", at: file.receivedAt, connection) }
    }

    private static func insert(
        _ picture: Picture, of file: UploadFile, stagedName: String, visibility: Visibility,
        _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO pictures
                (id, account_id, label_id, upload_set_id, status, own_visibility, audience, original_name,
                original_size, original_sha256, staged_name, revision, created_at, updated_at)
            SELECT \(picture.id), account_id, label_id, id, 'waiting', NULL,
                \(Sight.audience(visibility)), \(picture.originalName),
                \(picture.originalSize), \(picture.originalSHA256), \(stagedName), \(picture.revision),
                \(picture.createdAt), \(picture.updatedAt)
            FROM upload_sets WHERE id = \(file.uploadSetID)
            """)
    }
}
