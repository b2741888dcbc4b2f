import Domain

/// What became of an announcement.
package enum PartialBeginning: Hashable, Sendable {
    /// Its parts may come.
    case begun(PartialUpload)
    /// It can be seen beforehand that it will not become a picture.
    case refused(UploadFile)
}
