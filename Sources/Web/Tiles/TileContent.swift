/// What the layers of a vector tile hold, for the documents that describe them.
struct TileContent: Sendable {
    let id: String
    let description: String
    let zooms: ClosedRange<Int>
    /// 0 points, 1 lines, 2 areas.
    let dimension: Int
    let fields: [(name: String, type: String)]

    static let all: [TileContent] = [
        TileContent(
            id: "grid", description: "Numbers of pictures in cells.", zooms: 0...6, dimension: 2,
            fields: [
                ("id", "String"), ("nb_pictures", "Number"), ("nb_360_pictures", "Number"),
                ("nb_flat_pictures", "Number"), ("coef", "Number"), ("coef_360_pictures", "Number"),
                ("coef_flat_pictures", "Number"),
            ]),
        TileContent(
            id: "sequences", description: "Sequences as lines.", zooms: VectorTile.sequenceZooms, dimension: 1,
            fields: [
                ("id", "String"), ("account_id", "String"), ("label_id", "String"), ("type", "String"),
                ("model", "String"), ("date", "String"),
            ]),
        TileContent(
            id: "pictures",
            description: "Pictures as points, further out with `pictures=13`; in a full tile the newest of each place.",
            zooms: VectorTile.pictureZooms.upperBound...TileAddress.zooms.upperBound, dimension: 0,
            fields: [
                ("id", "String"), ("account_id", "String"), ("label_id", "String"), ("type", "String"),
                ("model", "String"), ("ts", "String"), ("heading", "Number"), ("sequences", "String"),
                ("first_sequence", "String"),
            ]),
    ]
}
