import Foundation

/// Finds pictures of one sequence that show again what an earlier one shows: nearly the same place and direction.
///
/// A camera that waits at a traffic light, or passes there a second time, leaves hundreds of them. Kept pictures lie in
/// a grid of cubes as wide as the distance that counts, so each new picture is compared with its neighbours only.
struct NearDuplicates {
    typealias Candidate = DispatchCandidates.Candidate

    private struct Kept {
        let picture: Candidate
        /// Its place among those kept: of several that match, the first is named.
        let index: Int
    }

    /// Metres; nil keeps everything.
    private let distance: Double?
    /// Degrees.
    private let rotation: Double
    /// With a forced relative heading the tags' headings say nothing.
    private let ignoresHeadings: Bool
    private var cells: [UInt64: [Kept]] = [:]
    private var count = 0

    init(_ rules: DispatchRules) {
        distance = rules.duplicateDistance.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        rotation = rules.duplicateRotation ?? 180
        ignoresHeadings = rules.relativeHeading != nil
    }

    /// Why the picture goes; nil when it is kept (and counts from now on, unless it is broken).
    mutating func rejection(of picture: Candidate) -> Rejection? {
        guard let distance, !picture.isBroken else { return nil }
        let cube = Cube(picture.position, width: max(distance, 0.01))
        var best: Kept?
        for key in cube.neighbours {
            guard let kept = cells[key]?.first(where: { isDuplicate(picture, of: $0.picture, within: distance) })
            else { continue }
            if kept.index < best?.index ?? .max { best = kept }
        }
        guard let best else {
            cells[cube.key, default: []].append(Kept(picture: picture, index: count))
            count += 1
            return nil
        }
        return rejection(of: picture, as: best.picture)
    }

    private func isDuplicate(_ picture: Candidate, of kept: Candidate, within distance: Double) -> Bool {
        if let angle = angle(picture, kept), angle > rotation { return false }
        return picture.position.distance(to: kept.position) <= distance
    }

    /// Degrees between the directions of view, 0–180; nil when one of them is not known from its tags.
    private func angle(_ first: Candidate, _ second: Candidate) -> Double? {
        guard !ignoresHeadings, let a = first.heading, let b = second.heading else { return nil }
        let turn = abs(a - b).truncatingRemainder(dividingBy: 360)
        return min(turn, 360 - turn)
    }

    private func rejection(of picture: Candidate, as kept: Candidate) -> Rejection {
        let metres = picture.position.distance(to: kept.position)
        var details = ["duplicate_of": kept.id.string, "distance": String(format: "%.2f", metres)]
        if let angle = angle(picture, kept) { details["angle"] = String(format: "%.1f", angle) }
        return Rejection(
            .captureDuplicate, "It shows the same place and direction as another picture of this sequence.",
            details: details)
    }

    /// A cube of the grid, around a point on the sphere: no special case at the poles or the antimeridian.
    private struct Cube {
        private let x: Int64
        private let y: Int64
        private let z: Int64

        init(_ point: GeoPoint, width: Double) {
            let (phi, lambda) = (point.latitude * .pi / 180, point.longitude * .pi / 180)
            let scale = GeoPoint.earthRadius / width
            x = Int64((scale * cos(phi) * cos(lambda)).rounded(.down))
            y = Int64((scale * cos(phi) * sin(lambda)).rounded(.down))
            z = Int64((scale * sin(phi)).rounded(.down))
        }

        var key: UInt64 { Self.key(x, y, z) }

        var neighbours: [UInt64] {
            var keys: [UInt64] = []
            keys.reserveCapacity(27)
            for dx in Int64(-1)...1 {
                for dy in Int64(-1)...1 {
                    for dz in Int64(-1)...1 { keys.append(Self.key(x + dx, y + dy, z + dz)) }
                }
            }
            return keys
        }

        /// Far cubes may share a key; that costs a comparison, never a wrong answer.
        private static func key(_ x: Int64, _ y: Int64, _ z: Int64) -> UInt64 {
            let mask: UInt64 = 1 << 21 - 1
            let (x, y, z) = (UInt64(bitPattern: x), UInt64(bitPattern: y), UInt64(bitPattern: z))
            return (x & mask) << 42 | (y & mask) << 21 | z & mask
        }
    }
}
