import Domain

/// Which pictures are taken out of the catalogue; of those, always only what the viewer sees.
package enum ExportScope: Sendable {
    case everything
    case sequence(SequenceID)
    case label(CameraLabelID)
    case uploadSet(UploadSetID)
    /// Of one owner.
    case account(AccountID)
    /// What a search finds.
    case search(PictureQuery)
}
