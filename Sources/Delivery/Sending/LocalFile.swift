import Storage

/// A file of a picture on this machine, made to be sent.
struct LocalFile: Sendable {
    let path: String
    /// Bytes.
    let size: Int64
    /// Lower-case hexadecimal.
    let sha256: String
    /// What the file goes with, where it is somebody else's.
    var keeper: TemporaryFile?
}
