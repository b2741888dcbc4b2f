import Domain

/// What became of one sent file.
package enum IntakeOutcome: Hashable, Sendable {
    /// Durable, in the catalogue, its processing queued.
    case admitted(UploadFile)
    /// The same bytes are a picture already; counts as success for the sender.
    case duplicate(of: PictureID, inSet: UploadSetID, sha256: String)
    /// Refused with a reason, recorded in the upload set; nothing of it is left on disk.
    case refused(UploadFile)
}
