import Catalogue
import Domain
import Storage

/// What a backup has of a picture: every stored file as it is.
package enum BackupFiles {
    /// As in a data folder.
    package static func name(_ key: ObjectKey) -> String { "store/\(key.path)" }

    /// The name of what says which catalogue belongs to the files.
    package static let manifest = "wayside-backup.json"
    private static let (start, ending) = ("catalogue-", ".sqlite")

    /// How a catalogue is called beside them, by its SHA-256.
    package static func catalogue(_ sha256: String) -> String { "\(start)\(sha256.prefix(16))\(ending)" }

    /// Names of all catalogues come after this, before those of pictures' files.
    package static var beforeCatalogues: String { start }

    /// Whether it is the name of a catalogue; none leads elsewhere.
    package static func isCatalogue(_ name: String) -> Bool {
        name.hasPrefix(start) && name.hasSuffix(ending)
            && name.dropFirst(start.count).dropLast(ending.count).allSatisfy(\.isHexDigit)
    }

    static func isOfCatalogue(_ name: String) -> Bool { name == manifest || isCatalogue(name) }

    static func of(_ subject: DeliverySubject) -> [WantedFile] {
        let picture = subject.picture
        let derivatives = picture.derivatives.map { derivative in
            file(
                .derivative(picture.id, revision: picture.revision, derivative.kind), derivative.size,
                derivative.sha256, "image/jpeg")
        }
        guard let original = subject.original else { return derivatives }
        let type = original.kind == .sealed ? "application/octet-stream" : "image/jpeg"
        return derivatives + [file(.original(picture.id, original.kind), original.size, original.sha256, type)]
    }

    private static func file(_ key: ObjectKey, _ size: Int64, _ sha256: String, _ type: String) -> WantedFile {
        WantedFile(content: .backup, names: [name(key)], size: size, sha256: sha256, type: type, key: key)
    }
}
