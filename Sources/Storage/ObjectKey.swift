import Domain

/// The name of an object in a store: a type, never a path that somebody typed.
package enum ObjectKey: Hashable, Sendable {
    /// A redacted file of a picture. The revision is part of the name, so that an old link is dead.
    case derivative(PictureID, revision: Int, Derivative.Kind)

    /// `pictures/ab/cd/<id>/<revision>/<name>`, `/`-separated.
    package var path: String {
        switch self {
        case .derivative(let id, let revision, let kind):
            "\(Self.prefix(of: id, revision: revision))\(Self.name(of: kind))"
        }
    }

    /// The prefix of everything stored for one picture.
    package static func prefix(of id: PictureID) -> String {
        let text = id.string
        return "pictures/\(text.prefix(2))/\(text.dropFirst(2).prefix(2))/\(text)/"
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
