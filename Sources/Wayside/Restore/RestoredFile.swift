import Delivery
import Storage

/// A file that a restore has looked for.
struct RestoredFile: Sendable {
    let file: StoredFile
    /// `missing` or `damaged`; nil: it is in the store.
    let fault: String?

    /// In the backup.
    var name: String { BackupFiles.name(file.key) }

    var isOriginal: Bool { if case .derivative = file.key { false } else { true } }
}
