import Catalogue
import Domain
import Foundation
import Storage

extension JobRunner {
    /// Cuts a completed batch into sequences.
    func dispatch(_ id: UploadSetID, _ job: Job) async throws {
        guard let candidates = try await catalogue.sequences.candidates(of: id) else {
            return try await catalogue.jobs.drop(job)
        }
        try await catalogue.sequences.dispatch(id, DispatchPlan.make(from: candidates), ending: job)
    }

    /// Gives the files of a hidden picture new names. Files first: after a crash in between they are found under their
    /// new names, and only the catalogue is told.
    func conceal(_ id: PictureID, _ job: Job) async throws {
        // What is being made of it would be stored under the same new revision.
        if held.isBusy(id, besides: job) {
            return try await putBack(job, after: 1, "The picture is being processed.")
        }
        guard let picture = try await catalogue.pictures.treatment(id)?.picture else {
            return try await catalogue.jobs.drop(job)
        }
        try await store.move(
            prefix: ObjectKey.prefix(of: id, revision: picture.revision),
            to: ObjectKey.prefix(of: id, revision: picture.revision + 1))
        try await catalogue.pictures.concealed(id, from: picture.revision, ending: job)
    }

    /// Removes everything of a deleted picture; its row goes last, so that what fails is tried again.
    func erase(_ id: PictureID, _ job: Job) async throws {
        // A child may still be making files of it, which would be left over.
        if held.isBusy(id, besides: job) {
            return try await putBack(job, after: 1, "The picture is being processed.")
        }
        if let treatment = try await catalogue.pictures.treatment(id) {
            let raw = treatment.raw
            let staged = [treatment.stagedName, raw?.stagedName, raw?.jpegStagedName]
            for name in staged.compactMap(\.self) { try await staging.remove(name) }
        }
        try await store.delete(prefix: ObjectKey.originalPrefix(of: id))
        try await store.delete(prefix: ObjectKey.prefix(of: id))
        try await catalogue.pictures.erased(id, ending: job)
        // With the last of them goes what the catalogue's log still holds of them; if somebody reads just now, with the
        // janitor's next round.
        if try await catalogue.jobs.nextDue(now: clock.now()) == nil { try? await catalogue.engine.tidy() }
    }
}
