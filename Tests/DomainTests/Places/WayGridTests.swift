import Domain
import Foundation
import Testing

@Suite("Ways near a place")
struct WayGridTests {
    @Test(
        "every piece that is within reach is in one of the cells around the place",
        arguments: [0.0, 14.9, 48.85, -33.2, 69.6, 79.9])
    func reach(latitude: Double) {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let place = GeoPoint(
                longitude: .random(in: -180...180, using: &generator),
                latitude: latitude + .random(in: -0.05...0.05, using: &generator))
            let metre = 1 / 111_195.0, east = metre / cos(place.latitude * .pi / 180)
            let angle = Double.random(in: 0...(2 * .pi), using: &generator)
            let (dx, dy) = (cos(angle) * 99 * east, sin(angle) * 99 * metre)
            let near = GeoPoint(longitude: place.longitude + dx, latitude: place.latitude + dy)
            guard abs(near.longitude) <= 180 else { continue }
            // A long straight street through the point.
            let far = GeoPoint(longitude: max(-180, near.longitude - 0.05), latitude: near.latitude + 0.03)
            let cells = Set(WayGrid.cells(around: place))
            let pieces = WayGrid.pieces(of: Way(id: 7, line: [far, near]))
            let found = pieces.filter { !cells.isDisjoint(with: $0.cells) }
            let nearest = found.map { $0.piece.distance(to: place) }.min() ?? .infinity
            #expect(nearest <= 99.5, "\(place)")
        }
    }

    @Test("the distance is to the nearest point of the piece, in metres")
    func distance() {
        let degree = GeoPoint.earthRadius * .pi / 180
        let piece = WayPiece(
            way: 1, from: GeoPoint(longitude: 0, latitude: 0), to: GeoPoint(longitude: 0.01, latitude: 0))
        let beside = GeoPoint(longitude: 0.005, latitude: 0.0001)
        #expect(abs(piece.distance(to: beside) - 0.0001 * degree) < 0.001)
        let beyond = GeoPoint(longitude: 0.0101, latitude: 0)
        #expect(abs(piece.distance(to: beyond) - 0.0001 * degree) < 0.001)
    }

    @Test("a line across half the world is no street")
    func absurd() {
        let line = [GeoPoint(longitude: -90, latitude: 0), GeoPoint(longitude: 90, latitude: 10)]
        #expect(WayGrid.pieces(of: Way(id: 1, line: line)).isEmpty)
    }
}
