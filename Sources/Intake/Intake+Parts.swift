import Catalogue
import Domain
import Foundation
import NIOCore
import Storage

/// Files that come in parts (tus 1.0). Whole, they take the same way as those that come at once.
extension Intake {
    /// Makes room for a file whose parts will come. What can be refused beforehand is, and recorded in its set.
    ///
    /// - Parameter isNew: the set is for this file alone, and made with it.
    /// - Throws: `.tooMany` (too much is unfinished), `.noSpace`, `.notFound` (the set is gone).
    package func begin(
        _ announcement: PartialAnnouncement, into set: UploadSet, isNew: Bool, by account: AccountID
    ) async throws -> PartialBeginning {
        if let rejection = try await refusal(of: announcement, in: set) {
            let file = UploadFile(
                uploadSetID: set.id, path: RelativePath.displayable(announcement.name), size: announcement.length,
                sha256: announcement.sha256 ?? "", md5: "", rejection: rejection)
            if !isNew { try await catalogue.uploadSets.reject(file) }
            return .refused(file)
        }
        let file = try await BlockingWork.run { [staging] in
            let file = try staging.create(expecting: announcement.length)
            try file.synchronise()
            return file
        }
        let moment = Date.now
        let upload = PartialUpload(
            accountID: account, labelID: set.labelID, uploadSetID: set.id, name: announcement.name,
            length: announcement.length, sha256: announcement.sha256, chosenID: announcement.pictureID,
            stagedName: file.name, createdAt: moment, expiresAt: moment.addingTimeInterval(partialRules.lifetime))
        try await catalogue.partialUploads.begin(upload, making: isNew ? set : nil, within: partialRules)
        file.keep()
        return .begun(upload)
    }

    private func refusal(of announcement: PartialAnnouncement, in set: UploadSet) async throws -> Rejection? {
        if let rejection = try await refusal(ofName: announcement.name, in: set) { return rejection }
        if announcement.length == 0 { return Reception.empty }
        return announcement.length > maximumFileSize ? Reception.tooLarge(maximumFileSize) : nil
    }

    /// Takes one part, streamed behind what is there; with the last byte the file is settled.
    ///
    /// What arrived before a connection broke stays, unless it has a checksum.
    ///
    /// - Parameters:
    ///   - offset: where the sender believes the part to begin.
    ///   - announcedLength: `Content-Length`; nil when the body is chunked.
    /// - Throws: `.conflict` (another offset, or another request is at it), `.gone`, `.tooLarge`,
    ///   `.checksumMismatch`, `.invalid` (cut off), `.noSpace`.
    package func receive<Body: AsyncSequence & Sendable>(
        part body: Body, at offset: Int64, announcedLength: Int64?, checksum: PartChecksum?, of known: PartialUpload,
        viewer: Viewer
    ) async throws -> PartialProgress where Body.Element == ByteBuffer {
        try Self.check(offset, announcedLength, of: known)
        if known.arrival != nil { return PartialProgress(upload: known, outcome: nil) }
        let (upload, file) = try await takeUp(known, viewer: viewer)
        try Self.check(offset, announcedLength, of: upload)
        if upload.arrival != nil { return PartialProgress(upload: upload, outcome: nil) }
        try await BlockingWork.run { try file.resume(at: upload.received) }
        var part = PartReception(
            of: upload, into: file, store: catalogue.partialUploads, lifetime: partialRules.lifetime,
            checksum: checksum)
        do {
            for try await bytes in body { try await part.take(bytes) }
        } catch {
            if !(error is Failure) { try? await part.breakOff() }
            throw Self.interruption(error)
        }
        if let announcedLength, part.size != announcedLength {
            try await part.breakOff()
            throw Failure(.invalid, "The upload was cut off after \(part.size) of \(announcedLength) bytes.")
        }
        try await part.finish()
        return try await progress(of: upload.id, with: file, viewer: viewer)
    }

    /// How far it is; settles a file whose last byte came just before the server died.
    package func progress(of upload: PartialUpload, viewer: Viewer) async throws -> PartialProgress {
        guard upload.isWhole else { return PartialProgress(upload: upload, outcome: nil) }
        let (current, file) = try await takeUp(upload, viewer: viewer)
        return try await progress(of: current.id, with: file, viewer: viewer)
    }

    /// Settles all files whose last byte came just before the server died; how many were taken, and what kept others
    /// from it. To be called at the start.
    ///
    /// It was told to nobody that these are taken: their senders hear of it when they ask, and then it is tried again.
    package func settleWhole() async throws -> (settled: Int, failures: [Failure]) {
        var (settled, failures) = (0, [Failure]())
        for upload in try await catalogue.partialUploads.whole(limit: 10_000) {
            guard let account = try await catalogue.accounts.find(upload.accountID) else { continue }
            do {
                _ = try await progress(of: upload, viewer: .account(account.id, account.role))
                settled += 1
            } catch let failure as Failure {
                failures.append(failure)
            }
        }
        return (settled, failures)
    }

    /// Gives it up, and removes its bytes.
    package func abandon(_ upload: PartialUpload) async throws {
        try await catalogue.partialUploads.abandon(upload.id)
        await removeParts(of: upload)
    }

    /// Locks its bytes, and reads it again: another request may have gone on with it meanwhile.
    private func takeUp(_ known: PartialUpload, viewer: Viewer) async throws -> (PartialUpload, StagedFile) {
        guard let name = known.stagedName else { throw Self.timeIsOver }
        let file = try await BlockingWork.run { [staging] in try staging.reopen(name) }
        guard let upload = try await catalogue.partialUploads.find(known.id, viewer: viewer) else {
            throw Failure.notFound("upload")
        }
        guard upload.stagedName == name || upload.arrival != nil else { throw Self.timeIsOver }
        return (upload, file)
    }

    private func progress(of id: PartialUploadID, with file: StagedFile, viewer: Viewer) async throws
        -> PartialProgress
    {
        guard let upload = try await catalogue.partialUploads.find(id, viewer: viewer) else {
            throw Failure.notFound("upload")
        }
        guard upload.isWhole else { return PartialProgress(upload: upload, outcome: nil) }
        let outcome = try await settle(upload, file, viewer: viewer)
        let now = try await catalogue.partialUploads.find(id, viewer: viewer)
        return PartialProgress(upload: now ?? upload, outcome: outcome)
    }

    /// Reads the bytes back from the disk, as they are there, and takes the way of every other file.
    private func settle(_ upload: PartialUpload, _ file: StagedFile, viewer: Viewer) async throws -> IntakeOutcome {
        var reception = Reception(upload.name, reading: file, staging: staging, maximumSize: maximumFileSize)
        let source = try await BlockingWork.run { [staging] in try OpenFile(staging.path(of: file.name)) }
        for start in stride(from: 0, to: upload.length, by: Self.readSize) {
            let count = min(Self.readSize, Int(upload.length - start))
            try await reception.take(try await BlockingWork.run { try source.read(at: start, count: count) })
        }
        try await reception.finish()
        guard upload.sha256 == nil || upload.sha256 == reception.digests.sha256 else {
            try await abandon(upload)
            throw Failure(
                .checksumMismatch, "The whole file is not the one that its SHA-256 is of; send it again.",
                details: ["reason": "checksum_mismatch", "sha256": reception.digests.sha256])
        }
        guard let set = try await catalogue.uploadSets.find(upload.uploadSetID, viewer: .system) else {
            throw Failure.notFound("upload set")
        }
        do {
            let outcome = try await settle(
                Arrival(
                    name: upload.name, size: upload.length, reception: reception, pictureID: upload.chosenID,
                    partial: upload.id),
                into: set, viewer: viewer)
            if case .admitted = outcome { return outcome }
            await removeParts(of: upload)
            return outcome
        } catch let failure as Failure where failure.code == .conflict {
            // The id that its sender has chosen exists: no later try can go better.
            try await abandon(upload)
            throw failure
        }
    }

    /// What fails here the janitor does, within seconds.
    private func removeParts(of upload: PartialUpload) async {
        if let name = upload.stagedName { try? await staging.remove(name) }
    }

    private static func check(_ offset: Int64, _ announced: Int64?, of upload: PartialUpload) throws {
        guard upload.arrival != nil || upload.stagedName != nil, upload.arrival != nil || upload.expiresAt > .now
        else { throw timeIsOver }
        guard offset == upload.received else {
            throw Failure(
                .conflict, "The file goes on at byte \(upload.received), not at \(offset).",
                details: ["reason": "wrong_offset", "offset": "\(upload.received)"])
        }
        guard (announced ?? 0) <= upload.length - upload.received else {
            throw Failure(
                .tooLarge, "This is more than the \(upload.length) bytes that the file was said to have.",
                details: ["reason": "longer_than_announced"])
        }
    }

    /// What a sender hears who comes back too late.
    package static let timeIsOver = Failure(
        .gone, "This upload's time is over and its parts were removed; send the file again.",
        details: ["reason": "upload_expired"])
}
