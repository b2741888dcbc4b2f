import Foundation

package typealias JobID = Int64

/// A unit of background work. The job table is the queue.
package struct Job: Hashable, Sendable {
    /// What is to be done, and to what.
    package enum Step: Hashable, Sendable {
        /// Read a picture's tags; cheap, so that a missing position is known within moments of arrival.
        case inspect(PictureID)
        /// Find, redact, write the derivatives, store them.
        case develop(PictureID)
        /// Hide what a person has drawn, or show what they say hides nothing: at once, and the picture is out of sight
        /// until it is done.
        case redact(PictureID)
        /// Look for what must be hidden once more, in a picture that stays in sight meanwhile.
        case rerun(PictureID)
        /// Cut a completed upload set, all inspected, into sequences.
        case dispatch(UploadSetID)
        /// Move a hidden picture's derivatives to a new revision, so that an old direct link is dead.
        case conceal(PictureID)
        /// Run one of the operator's own models on a prepared picture.
        case detect(PictureID, model: String)
        /// Remove a deleted picture's derivatives and staged file.
        case erase(PictureID)
    }

    package let id: JobID
    package let step: Step
    /// Counted when the job is claimed, so that a crash counts too.
    package let attempt: Int
    package let leaseUntil: Date

    package init(id: JobID, step: Step, attempt: Int, leaseUntil: Date) {
        self.id = id
        self.step = step
        self.attempt = attempt
        self.leaseUntil = leaseUntil
    }
}
