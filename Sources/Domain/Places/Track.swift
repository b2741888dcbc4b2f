import Foundation

/// Where somebody was, and when: points in the order of time.
package struct Track: Sendable {
    package struct Point: Hashable, Sendable {
        package let position: GeoPoint
        /// Metres.
        package let altitude: Double?
        package let moment: Date

        package init(position: GeoPoint, altitude: Double? = nil, moment: Date) {
            self.position = position
            self.altitude = altitude
            self.moment = moment
        }
    }

    /// Where the track was at a moment.
    package enum Answer: Hashable, Sendable {
        case found(Point)
        /// Seconds to the nearest point.
        case tooFar(TimeInterval)
    }

    package let points: [Point]

    /// Throws `.unprocessable` without a point.
    package init(_ points: [Point]) throws {
        guard !points.isEmpty else {
            throw Failure(.unprocessable, "The track has no point with a time; export it with times.")
        }
        self.points = points.sorted { $0.moment < $1.moment }
    }

    package var start: Date { points[0].moment }
    package var end: Date { points[points.count - 1].moment }

    /// A clock that shows whole seconds is this far off at most, in seconds: so close to a point, that point counts.
    private static let nearness: TimeInterval = 1.5

    /// Between two points the way is straight and even.
    ///
    /// - Parameter maximumGap: seconds between two points beyond which nobody knows what was between them.
    package func place(at moment: Date, maximumGap: TimeInterval) -> Answer {
        let next = firstIndex(from: moment)
        let after = next < points.count ? points[next] : nil
        let before = next > 0 ? points[next - 1] : nil
        if let before, let after, after.moment.timeIntervalSince(before.moment) <= maximumGap {
            return .found(Self.between(before, after, at: moment))
        }
        let nearest = [before, after].compactMap(\.self).map { (abs($0.moment.timeIntervalSince(moment)), $0) }
            .min { $0.0 < $1.0 }
        guard let (distance, point) = nearest else { return .tooFar(.infinity) }
        return distance <= Self.nearness ? .found(point) : .tooFar(distance)
    }

    /// The index of the first point at `moment` or later.
    private func firstIndex(from moment: Date) -> Int {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].moment < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func between(_ before: Point, _ after: Point, at moment: Date) -> Point {
        let span = after.moment.timeIntervalSince(before.moment)
        let share = span > 0 ? moment.timeIntervalSince(before.moment) / span : 1
        var east = after.position.longitude - before.position.longitude
        // The short way round the world.
        if abs(east) > 180 { east -= east > 0 ? 360 : -360 }
        var longitude = before.position.longitude + share * east
        if abs(longitude) > 180 { longitude -= longitude > 0 ? 360 : -360 }
        let north = after.position.latitude - before.position.latitude
        var altitude: Double?
        if let low = before.altitude, let high = after.altitude { altitude = low + share * (high - low) }
        return Point(
            position: GeoPoint(longitude: longitude, latitude: before.position.latitude + share * north),
            altitude: altitude ?? before.altitude ?? after.altitude, moment: moment)
    }

    /// By how many seconds a camera's clock has to be moved so that most of its times lie on the track: whole quarters of
    /// an hour, as time zones are, the smallest move that does. Nil when none lie on it however it is moved.
    package func likelyOffset(of times: [Date], maximumGap: TimeInterval) -> TimeInterval? {
        let step = max(1, times.count / Self.sample)
        let some = stride(from: 0, to: times.count, by: step).map { times[$0] }
        var best: (offset: TimeInterval, count: Int) = (0, 0)
        for quarter in (0...56).flatMap({ $0 == 0 ? [0] : [$0, -$0] }) {
            let offset = Double(quarter) * 900
            let count = some.count { time in
                if case .found = place(at: time + offset, maximumGap: maximumGap) { true } else { false }
            }
            if count > best.count { best = (offset, count) }
        }
        return best.count > 0 ? best.offset : nil
    }

    /// So many times tell as much as all.
    private static let sample = 300
}
