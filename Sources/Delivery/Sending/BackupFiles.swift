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
        let sealed = "application/octet-stream"
        let original = subject.original.map { stored in
            file(
                .original(picture.id, stored.kind), stored.size, stored.sha256,
                stored.kind == .sealed ? sealed : "image/jpeg")
        }
        let raw = subject.raw.map { raw in
            file(.raw(picture.id, raw.stored.kind), raw.stored.size, raw.stored.sha256, sealed)
        }
        return derivatives + [original, raw].compactMap(\.self)
    }

    private static func file(_ key: ObjectKey, _ size: Int64, _ sha256: String, _ type: String) -> WantedFile {
        WantedFile(content: .backup, names: [name(key)], size: size, sha256: sha256, type: type, key: key)
    }
}
