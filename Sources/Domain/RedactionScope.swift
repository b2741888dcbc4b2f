/// Which pictures are looked through once more.
package enum RedactionScope: Hashable, Sendable {
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
