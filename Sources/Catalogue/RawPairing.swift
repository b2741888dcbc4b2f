import Domain
import Foundation

/// Brings a JPEG and the raw file that its camera wrote beside it together, inside the transaction that admits the one
/// that comes second. They belong together when they lie in the same folder of the same upload set and their names
/// differ in the ending only.
struct RawPairing {
    let file: UploadFile
    /// What the file would be by itself.
    let picture: Picture
    let stagedName: String
    let connection: any SQLConnection

    private var isRaw: Bool { RawFormat(name: file.path) != nil }

    /// What becomes of the file; nil when it is a picture by itself.
    func outcome() throws -> UploadSetStore.Admission? {
        if let picture = try revived() { return .joined(picture) }
        guard isRaw else { return try replaceRaw() }
        let rule = try OriginalStore.rule(ofSet: file.uploadSetID, connection)
        if let rejection = RawFate.refusal(ofEvery: file.path, by: rule) { return try refuse(rejection) }
        guard let jpeg = try partner() else { return nil }
        if let rejection = RawFate.refusal(of: file.path, by: rule) { return try refuse(rejection) }
        try attach(to: jpeg)
        return .joined(jpeg.id)
    }

    /// A raw file that is a picture by itself is known as one from now on.
    func noteRaw() throws {
        guard isRaw else { return }
        try RawTable.insert(raw, of: picture.id, stagedName: nil, at: file.receivedAt, connection)
    }

    private var raw: RawFile {
        RawFile(name: picture.originalName, size: picture.originalSize, sha256: picture.originalSHA256)
    }

    private struct Partner {
        let id: PictureID
        let path: String
        /// It was prepared once: files of it are stored, and people may have said something of it.
        let isMade: Bool
        let isMadeFromRaw: Bool
    }

    /// The oldest picture that the file belongs to: for a raw file one that has none yet, for a JPEG one that is made
    /// from a raw file.
    private func partner() throws -> Partner? {
        guard let base = RawFormat.base(of: file.path) else { return nil }
        let found = try connection.rows(
            """
            SELECT p.id, f.path, p.derivatives <> '[]', r.picture_id IS NOT NULL
            FROM upload_files f JOIN pictures p ON p.id = f.picture_id
                LEFT JOIN raw_files r ON r.picture_id = p.id
            WHERE f.upload_set_id = \(file.uploadSetID) AND f.path >= \("\(base).") AND f.path < \("\(base)/")
                AND f.rejection_reason IS NULL AND p.upload_set_id = f.upload_set_id AND p.erased_at IS NULL
                AND (r.picture_id IS NULL OR r.sha256 = p.original_sha256)
            ORDER BY p.created_at, p.id
            """
        ) { Partner(id: $0.id(), path: $0.text(), isMade: $0.bool(), isMadeFromRaw: $0.bool()) }
        return found.first { $0.isMadeFromRaw != isRaw && RawFormat.isPair($0.path, file.path) }
    }

    private func attach(to jpeg: Partner) throws {
        try RawTable.insert(raw, of: jpeg.id, stagedName: stagedName, at: file.receivedAt, connection)
        try record(of: jpeg.id)
        // Any other picture is about to be worked on, and its raw file with it.
        if jpeg.isMade { try JobTable.queue(.develop(jpeg.id), at: file.receivedAt, connection) }
        try UploadSetLife.completeIfCounted(file.uploadSetID, at: file.receivedAt, connection)
    }

    /// The JPEG of a picture that is made from a raw file: it is made anew from this, and stays the same picture.
    private func replaceRaw() throws -> UploadSetStore.Admission? {
        guard let known = try partner() else { return nil }
        if known.isMade {
            // In sight until the new files are there.
            try connection.execute(
                "UPDATE raw_files SET jpeg_staged_name = \(stagedName) WHERE picture_id = \(known.id)")
            try JobTable.queue(.develop(known.id), at: file.receivedAt, connection)
        } else {
            try connection.execute(
                """
                UPDATE raw_files SET staged_name = (SELECT staged_name FROM pictures WHERE id = \(known.id))
                WHERE picture_id = \(known.id)
                """)
            try connection.execute(
                """
                UPDATE pictures SET status = 'waiting', listed = 0, broken_reason = NULL, staged_name = \(stagedName),
                    revision = revision + 1
                WHERE id = \(known.id)
                """)
            try JobTable.remove(.develop(known.id), connection)
            try JobTable.queue(.inspect(known.id), at: file.receivedAt, connection)
        }
        try connection.execute(
            """
            UPDATE pictures SET original_name = \(picture.originalName), original_size = \(picture.originalSize),
                original_sha256 = \(picture.originalSHA256), updated_at = \(file.receivedAt)
            WHERE id = \(known.id)
            """)
        try record(of: known.id)
        try UploadSetLife.reopen(file.uploadSetID, connection)
        try UploadSetLife.completeIfCounted(file.uploadSetID, at: file.receivedAt, connection)
        return .joined(known.id)
    }

    /// The JPEG of a pair that could not be worked on has come again: another try, and the raw file stays.
    private func revived() throws -> PictureID? {
        let known = try connection.first(
            """
            SELECT p.id, p.staged_name, p.derivatives <> '[]' FROM upload_files f JOIN pictures p ON p.id = f.picture_id
                JOIN raw_files r ON r.picture_id = p.id
            WHERE f.upload_set_id = \(file.uploadSetID) AND f.path = \(file.path) AND f.sha256 = \(file.sha256)
                AND f.rejection_reason IS NULL AND p.status = 'broken' AND p.erased_at IS NULL
                AND p.original_sha256 = f.sha256 AND r.sha256 <> f.sha256
            """
        ) { (id: $0.id(PictureID.self), staged: $0.optionalText(), isMade: $0.bool()) }
        guard let known else { return nil }
        if let staged = known.staged { try UnwantedFiles.note(staged, connection) }
        try connection.execute(
            """
            UPDATE pictures SET status = \(known.isMade ? "preparing" : "waiting"), broken_reason = NULL,
                staged_name = \(stagedName), updated_at = \(file.receivedAt)
            WHERE id = \(known.id)
            """)
        try JobTable.remove(.develop(known.id), connection)
        // With what people have said of it, where it was made before.
        let step: Job.Step = known.isMade ? .redact(known.id) : .inspect(known.id)
        try JobTable.queue(step, at: file.receivedAt, connection)
        return known.id
    }

    private func record(of id: PictureID) throws {
        try UploadSetStore.forgetRefusals(of: file, connection)
        var joined = file
        joined.pictureID = id
        joined.rejection = nil
        try UploadSetRow.insert(joined, connection)
    }

    private func refuse(_ rejection: Rejection) throws -> UploadSetStore.Admission {
        var refused = file
        refused.pictureID = nil
        refused.rejection = rejection
        try UploadSetStore.recordRefused(refused, connection)
        return .refused(rejection)
    }
}
