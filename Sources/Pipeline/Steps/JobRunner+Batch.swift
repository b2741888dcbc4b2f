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

    /// Removes everything of a deleted picture; its row goes last, so that what fails is tried again.
    func erase(_ id: PictureID, _ job: Job) async throws {
        // A child may still be making files of it, which would be left over.
        if held.isBusy(id, besides: job) {
            return try await putBack(job, after: 1, "The picture is being processed.")
        }
        if let staged = try await catalogue.pictures.treatment(id)?.stagedName { try await staging.remove(staged) }
        try await store.delete(prefix: ObjectKey.prefix(of: id))
        try await catalogue.pictures.erased(id, ending: job)
    }
}
