import Domain

/// Which pictures are taken out of the catalogue; of those, always only what the viewer sees.
package enum ExportScope: Sendable {
    case everything
    case sequence(SequenceID)
    case label(CameraLabelID)
    case uploadSet(UploadSetID)
    /// Of one owner.
    case account(AccountID)
    /// What a search finds; `isInside` drops pictures of its box that an exact area does not hold.
    case search(PictureQuery, isInside: (@Sendable (GeoPoint) -> Bool)? = nil)
}
