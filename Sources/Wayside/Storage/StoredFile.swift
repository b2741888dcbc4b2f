import Catalogue
import Domain
import Storage

/// A file of a picture as the catalogue knows it: where it is to be, and what it must be.
struct StoredFile: Hashable, Sendable {
    let key: ObjectKey
    /// Bytes.
    let size: Int64
    let sha256: String

    /// As a journal notes it.
    var line: String { "\(sha256)  \(key.path)\n" }

    static func files(of picture: ArchivedPicture) -> [StoredFile] {
        let derivatives = picture.derivatives.map { derivative in
            StoredFile(
                key: .derivative(picture.id, revision: picture.revision, derivative.kind), size: derivative.size,
                sha256: derivative.sha256)
        }
        let original = picture.original.map { original in
            StoredFile(key: .original(picture.id, original.kind), size: original.size, sha256: original.sha256)
        }
        let raw = picture.raw.map { raw in
            StoredFile(key: .raw(picture.id, raw.kind), size: raw.size, sha256: raw.sha256)
        }
        return derivatives + [original, raw].compactMap(\.self)
    }
}
