import Catalogue
import Domain
import Storage

/// A file that was read to its end, or as far as was needed to refuse it.
struct Arrival {
    /// As the sender calls it.
    let name: String
    /// Bytes.
    let size: Int64
    var reception: Reception
    /// Chosen by the sender.
    let pictureID: PictureID?
    /// What it was received as, when it came in parts.
    var partial: PartialUploadID?
}

extension Intake {
    /// Tells the catalogue about the file, or removes it.
    func settle(_ arrival: Arrival, into set: UploadSet, viewer: Viewer) async throws -> IntakeOutcome {
        var arrival = arrival
        let path: RelativePath
        do {
            path = try RelativePath(arrival.name)
            if let rejection = arrival.reception.rejection ?? FileKind.rejection(of: path.text) { throw rejection }
        } catch let rejection as Rejection {
            await arrival.reception.discard()
            return try await record(rejection, of: arrival, in: set)
        }
        guard let staged = arrival.reception.file else {
            throw Failure(.internalError, "A received file has no place on disk.")
        }
        do {
            return try await admit(staged, arrival, at: path, into: set, viewer: viewer)
        } catch {
            await discardUnlessKnown(staged)
            throw error
        }
    }

    private func admit(
        _ staged: StagedFile, _ arrival: Arrival, at path: RelativePath, into set: UploadSet, viewer: Viewer
    ) async throws -> IntakeOutcome {
        let digests = arrival.reception.digests
        let picture = Picture(
            id: arrival.pictureID ?? PictureID(), accountID: set.accountID, labelID: set.labelID,
            uploadSetID: set.id, originalName: path.name, originalSize: arrival.size, originalSHA256: digests.sha256)
        let file = UploadFile(
            uploadSetID: set.id, path: path.text, size: arrival.size, sha256: digests.sha256, md5: digests.md5,
            pictureID: picture.id)
        switch try await catalogue.uploadSets.admit(
            file, as: picture, stagedName: staged.name, viewer: viewer,
            ending: arrival.partial)
        {
        case .admitted:
            staged.keep()
            return .admitted(file)
        case .joined(let id):
            staged.keep()
            var joined = file
            joined.pictureID = id
            return .admitted(joined)
        case .refused(let rejection):
            try await BlockingWork.run { staged.discard() }
            var refused = file
            (refused.pictureID, refused.rejection) = (nil, rejection)
            return .refused(refused)
        case .duplicate(let id, let other):
            try await BlockingWork.run { staged.discard() }
            return .duplicate(of: id, inSet: other, sha256: digests.sha256)
        }
    }

    private func record(_ rejection: Rejection, of arrival: Arrival, in set: UploadSet) async throws -> IntakeOutcome {
        let digests = arrival.reception.digests
        let file = UploadFile(
            uploadSetID: set.id, path: RelativePath.displayable(arrival.name), size: arrival.size,
            sha256: digests.sha256, md5: digests.md5, rejection: rejection)
        try await catalogue.uploadSets.reject(file, ending: arrival.partial)
        return .refused(file)
    }

    /// After a failed admission (a cancelled request, a lost connection) the rows may be there all the same: then the
    /// file stays. When not even that can be found out it stays too, for the janitor.
    private func discardUnlessKnown(_ staged: StagedFile) async {
        let known = try? await catalogue.pictures.stagedNames(among: [staged.name])
        guard let known, known.isEmpty else {
            staged.keep()
            return
        }
        try? await BlockingWork.run { staged.discard() }
    }
}
