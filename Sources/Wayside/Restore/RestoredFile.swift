import Delivery
import Domain
import Storage

/// A file that a restore has looked for.
struct RestoredFile: Sendable {
    let file: StoredFile
    /// `missing` or `damaged`; nil: it is in the store.
    let fault: String?

    /// In the backup.
    var name: String { BackupFiles.name(file.key) }

    /// Nil for what is made of the picture.
    var part: OriginalPart? {
        switch file.key {
        case .derivative, .hotlink: nil
        case .original: .original
        case .raw: .raw
        }
    }
}
