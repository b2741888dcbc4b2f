import Foundation

/// Headings for pictures whose tags name none: the direction in which the camera goes on.
enum MovementHeadings {
    typealias Candidate = DispatchCandidates.Candidate

    /// Metres; a shorter way is as likely the receiver's noise as a movement.
    private static let shortestWay = 1.0

    /// Degrees added to the movement for every picture when `relativeHeading` is given; the tags count otherwise.
    static func placements(of pictures: [Candidate], relativeHeading: Double?) -> [DispatchPlan.Placement] {
        let directions = directions(of: pictures.map(\.position))
        return zip(pictures, directions).map { picture, direction in
            if let relativeHeading, let direction {
                let heading = normalised(direction + relativeHeading)
                return DispatchPlan.Placement(id: picture.id, heading: heading, isHeadingComputed: true)
            }
            if let heading = picture.heading {
                return DispatchPlan.Placement(id: picture.id, heading: heading, isHeadingComputed: false)
            }
            return DispatchPlan.Placement(id: picture.id, heading: direction, isHeadingComputed: direction != nil)
        }
    }

    /// The bearing from each place towards the next one that is far enough to tell; at the end, the last bearing there
    /// was. One pass back and one forth, however long the camera stood still. Nil when it never moved.
    private static func directions(of places: [GeoPoint]) -> [Double?] {
        guard let last = places.last else { return [] }
        var directions = [Double?](repeating: nil, count: places.count)
        var anchor = last
        var known: Double?
        for index in places.indices.reversed() {
            if places[index].distance(to: anchor) >= shortestWay {
                known = places[index].bearing(to: anchor)
                anchor = places[index]
            }
            directions[index] = known
        }
        known = nil
        for index in places.indices {
            directions[index] = directions[index] ?? known
            known = directions[index]
        }
        return directions
    }

    private static func normalised(_ degrees: Double) -> Double {
        let turn = degrees.truncatingRemainder(dividingBy: 360)
        return turn < 0 ? turn + 360 : turn
    }
}
