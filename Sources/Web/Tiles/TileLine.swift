import Catalogue

/// A sequence's line as it lies in a tile.
struct TileLine {
    let sequence: MapSequence
    let pieces: [[TileLayer.Point]]
    /// Tile units.
    private let length: Double

    init(_ sequence: MapSequence, pieces: [[TileLayer.Point]]) {
        self.sequence = sequence
        self.pieces = pieces
        length = pieces.reduce(0) { $0 + Self.length($1) }
    }

    /// Bytes that it can take: at most 4 for a point and 6 for the commands of a piece, and its attributes.
    var mostBytes: Int {
        pieces.reduce(0) { $0 + 4 * $1.count + 6 } + 250 + (sequence.model?.utf8.count ?? 0)
    }

    /// The longer first.
    static func precedes(_ left: TileLine, _ right: TileLine) -> Bool {
        left.length != right.length ? left.length > right.length : left.sequence.id < right.sequence.id
    }

    private static func length(_ piece: [TileLayer.Point]) -> Double {
        zip(piece, piece.dropFirst()).reduce(0) { sum, ends in
            let (dx, dy) = (Double(ends.1.x - ends.0.x), Double(ends.1.y - ends.0.y))
            return sum + (dx * dx + dy * dy).squareRoot()
        }
    }
}
