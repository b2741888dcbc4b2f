import Domain

/// The name of an object in a store: a type, never a path that somebody typed.
package enum ObjectKey: Hashable, Sendable {
    /// A redacted file of a picture. The revision is part of the name, so that an old link is dead.
    case derivative(PictureID, revision: Int, Derivative.Kind)
    /// A copy of a redacted file at a size of hotlinks; it lies with the picture's other files and shares their fate.
    case hotlink(PictureID, revision: Int, Rendition)
    /// What is left of a picture's original. Its kind is part of the name, so that ciphertext and plain bytes are never
    /// taken for each other. Nobody gets a list of these or an address that works without asking.
    case original(PictureID, StoredOriginal.Kind)
    /// What is left of the raw file that a picture's camera wrote, beside the original and as private as that.
    case raw(PictureID, StoredOriginal.Kind)

    /// `pictures/ab/cd/<id>/<revision>/<name>` or `originals/ab/cd/<id>/<name>`, `/`-separated.
    package var path: String {
        switch self {
        case .derivative(let id, let revision, let kind):
            "\(Self.prefix(of: id, revision: revision))\(Self.name(of: kind))"
        case .hotlink(let id, let revision, let rendition):
            "\(Self.prefix(of: id, revision: revision))hotlink_\(rendition.text).jpg"
        case .original(let id, .sealed): "\(Self.originalPrefix(of: id))sealed"
        case .original(let id, .kept): "\(Self.originalPrefix(of: id))kept.jpg"
        case .raw(let id, .sealed): "\(Self.originalPrefix(of: id))raw.sealed"
        case .raw(let id, .kept): "\(Self.originalPrefix(of: id))raw.kept"
        }
    }

    /// What is left of one of the files that a picture was received as.
    package static func stored(_ part: OriginalPart, of id: PictureID, _ kind: StoredOriginal.Kind) -> ObjectKey {
        switch part {
        case .original: .original(id, kind)
        case .raw: .raw(id, kind)
        }
    }

    /// The prefix of everything that may be shown of one picture.
    package static func prefix(of id: PictureID) -> String { "pictures/\(place(of: id))" }

    /// The prefix of what is left of a picture's original.
    package static func originalPrefix(of id: PictureID) -> String { "originals/\(place(of: id))" }

    /// Not too many names in one folder.
    private static func place(of id: PictureID) -> String {
        let text = id.string
        return "\(text.prefix(2))/\(text.dropFirst(2).prefix(2))/\(text)/"
    }

    /// The prefix of every file of one revision of a picture.
    package static func prefix(of id: PictureID, revision: Int) -> String { "\(prefix(of: id))\(revision)/" }

    private static func name(of kind: Derivative.Kind) -> String {
        switch kind {
        case .hd: "hd.jpg"
        case .sd: "sd.jpg"
        case .thumb: "thumb.jpg"
        case .tile(let column, let row): "tile_\(column)_\(row).jpg"
        }
    }
}
