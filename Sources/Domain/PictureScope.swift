/// Which pictures a run is about: one, those of a sequence, or those of a camera label.
package enum PictureScope: Hashable, Sendable {
    case picture(PictureID)
    case sequence(SequenceID)
    case label(CameraLabelID)

    /// The id of what it is, for the audit log.
    package var subject: String {
        switch self {
        case .picture(let id): id.string
        case .sequence(let id): id.string
        case .label(let id): id.string
        }
    }
}
