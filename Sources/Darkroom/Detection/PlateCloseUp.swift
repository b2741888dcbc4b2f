/// Where the plate net is asked again at double size: around everything it had the faintest idea of before.
///
/// A 40-pixel plate is below what it reports at four fifths of the size, but it leaves a trace there: a probability of one in
/// two thousand or more, which a street shows in a handful of other places. Asking about the traces alone finds what a search of the
/// whole picture at double size finds, for a tenth of the work.
package struct PlateCloseUp: Sendable {
    /// Side of the square that is looked at, pixels of the picture; the tile is twice that.
    package static let side = 192
    package static let tile = side * 2
    /// The faintest trace that is followed.
    package static let trace = 0.0005
    /// Above the horizon, where a plate has to be surer in the end.
    private static let traceAboveHorizon = 0.02
    /// Above, and for larger ones, the sweep has settled it.
    private static let settled = 0.5
    private static let largest = 110.0
    /// Wider boxes, which fill the square, are made up: the net takes the square for a plate. Pixels of the picture.
    static let widest = 128.0
    /// A trace this near to a square's edge gets a square of its own, pixels.
    private static let rim = 48.0
    /// A picture that is all traces is bounded too.
    private static let most = 64

    /// The squares around the traces, best first, in pixels of the picture. `horizon`: its row.
    package static func squares(around candidates: [Candidate], horizon: Double = 0) -> [PixelRectangle] {
        let traces = candidates.filter { candidate in
            let faintest = candidate.middle.y < horizon ? traceAboveHorizon : trace
            return candidate.score >= faintest && candidate.score < settled && candidate.width <= largest
        }.sorted { $0.score > $1.score }
        var squares: [PixelRectangle] = []
        for candidate in traces where !squares.contains(where: { holds($0, candidate) }) {
            let middle = candidate.middle
            guard middle.x.isFinite, middle.y.isFinite else { continue }
            squares.append(
                PixelRectangle(x: Int(middle.x) - side / 2, y: Int(middle.y) - side / 2, width: side, height: side))
            if squares.count == most { break }
        }
        return squares
    }

    private static func holds(_ square: PixelRectangle, _ candidate: Candidate) -> Bool {
        let middle = candidate.middle
        return middle.x >= Double(square.x) + rim && middle.x <= Double(square.right) - rim
            && middle.y >= Double(square.y) + rim && middle.y <= Double(square.bottom) - rim
    }
}
