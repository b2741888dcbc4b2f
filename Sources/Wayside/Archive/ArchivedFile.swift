import Catalogue
import Domain
import Storage

/// One file of a picture: its name in an archive and in a data folder alike, and what it must be.
struct ArchivedFile: Hashable {
    let name: String
    let size: Int64
    let sha256: String
    /// In the store; nil for what is staged.
    var key: ObjectKey?

    /// A line as `sha256sum` writes and checks it.
    var line: String { "\(sha256)  \(name)\n" }

    /// The files of a picture in the order of the list.
    ///
    /// - Throws: `.unprocessable` when the catalogue names something that Wayside does not name so.
    static func files(of picture: ArchivedPicture) throws -> [ArchivedFile] {
        guard PictureID(picture.id.string) == picture.id else { throw strange(picture.id.string) }
        var files = picture.derivatives.map { derivative in
            let key = ObjectKey.derivative(picture.id, revision: picture.revision, derivative.kind)
            return ArchivedFile(
                name: "store/\(key.path)", size: derivative.size, sha256: derivative.sha256, key: key)
        }
        if let original = picture.original {
            let key = ObjectKey.original(picture.id, original.kind)
            files.append(
                ArchivedFile(name: "store/\(key.path)", size: original.size, sha256: original.sha256, key: key))
        }
        if let raw = picture.raw {
            let key = ObjectKey.raw(picture.id, raw.kind)
            files.append(ArchivedFile(name: "store/\(key.path)", size: raw.size, sha256: raw.sha256, key: key))
        }
        let waiting = [picture.staged].compactMap(\.self) + picture.stagedBeside
        for staged in waiting {
            files.append(ArchivedFile(name: "staging/\(staged.name)", size: staged.size, sha256: staged.sha256))
        }
        for file in files {
            guard ForeignFolder.isInside(file.name), file.name.split(separator: "/").count <= 7,
                file.sha256.count == 64, file.sha256.utf8.allSatisfy({ Self.digits.contains($0) }), file.size >= 0
            else { throw strange(file.name) }
        }
        for staged in waiting where staged.name.contains("/") { throw strange(staged.name) }
        return files
    }

    private static let digits = Set("0123456789abcdef".utf8)

    private static func strange(_ name: String) -> Failure {
        Failure(
            .unprocessable,
            "The catalogue names a file that Wayside does not name so: \(name.prefix(80).debugDescription).")
    }
}
