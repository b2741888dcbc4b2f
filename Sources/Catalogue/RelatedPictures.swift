import Domain
import Foundation

/// Where a viewer can change from a picture to other sequences: in each the nearest picture, close by and not turned away
/// (Panoramax' `related`).
struct RelatedPictures {
    let picture: Picture
    let sight: Sight

    /// Metres.
    private static let reach = 15.0
    /// Degrees between the directions of two flat pictures.
    private static let mostTurned = 100.0
    private static let mostSequences = 20

    private struct Candidate {
        let related: PictureItem.Related
        let heading: Double?
        let type: PictureType
        let distance: Double
    }

    func read(_ connection: any SQLConnection) throws -> [PictureItem.Related] {
        guard let own = picture.sequenceID, let tags = picture.tags else { return [] }
        let ranges = PlaceRanges(Morton.ranges(covering: box(around: tags.position)))
        let near = try connection.rows(
            """
            SELECT p.id, p.sequence_id, p.longitude, p.latitude, p.captured_at, p.heading, p.type
            FROM (\(ranges.select)) r CROSS JOIN pictures p
            WHERE \(PlaceRanges.match) AND \(sight.sees(listed: "p")) AND p.sequence_id <> \(own)
            """
        ) { row in
            let (id, sequence): (PictureID, SequenceID) = (row.id(), row.id())
            let position = GeoPoint(longitude: row.double(), latitude: row.double())
            let related = PictureItem.Related(
                id: id, sequenceID: sequence, position: position, capturedAt: row.date())
            return Candidate(
                related: related, heading: row.optionalDouble(), type: try row.word(),
                distance: position.distance(to: tags.position))
        }
        var known: Set<SequenceID> = []
        return near.filter { $0.distance <= Self.reach && looksAlike($0, tags.type) }
            .sorted { ($0.distance, $0.related.id) < ($1.distance, $1.related.id) }
            .filter { known.insert($0.related.sequenceID).inserted }
            .prefix(Self.mostSequences).map(\.related)
    }

    private func looksAlike(_ other: Candidate, _ type: PictureType) -> Bool {
        guard type == .flat, other.type == .flat, let one = picture.heading, let two = other.heading else {
            return true
        }
        let turned = abs(one - two).truncatingRemainder(dividingBy: 360)
        return min(turned, 360 - turned) <= Self.mostTurned
    }

    private func box(around place: GeoPoint) -> BoundingBox {
        let north = Self.reach / (GeoPoint.earthRadius * .pi / 180)
        let east = north / max(0.001, cos(place.latitude * .pi / 180))
        return BoundingBox(
            west: max(-180, place.longitude - east), south: max(-90, place.latitude - north),
            east: min(180, place.longitude + east), north: min(90, place.latitude + north))
    }
}
