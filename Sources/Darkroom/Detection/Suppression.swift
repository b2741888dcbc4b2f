import Domain

/// Leaves one candidate of each thing that several tiles and scales have found.
package struct Suppression: Sendable {
    /// Two boxes whose overlap is a larger part of their union are one thing.
    private static let sameUnion = 0.3
    /// A box that covers more than this of the smaller of two is the same thing.
    private static let sameSmaller = 0.7
    /// A candidate with a smaller part of the best one's score does not widen it: it may be of something larger.
    private static let faint = 0.25
    /// The work grows with the square; no street shows more faces.
    private static let most = 2000

    /// Where the right edge continues at the left one: a panorama's width in pixels.
    private let wrapsAt: Double?

    package init(wrapsAt width: Int? = nil) { wrapsAt = width.map(Double.init) }

    /// The best of each, best first, wide enough to hold every candidate of the same thing: a tile's edge may have cut
    /// the surest one short. Candidates of different subjects do not suppress each other.
    package func survivors(of candidates: [Candidate]) -> [Candidate] {
        let ordered = candidates.map(wrapped).sorted { $0.score > $1.score }.prefix(Self.most)
        var best: [Candidate] = [], extents: [Candidate] = []
        for candidate in ordered {
            // Compared with the best itself, not with what it has grown to: neighbours shall not run together.
            if let index = best.firstIndex(where: { isSame($0, candidate) }) {
                guard candidate.score >= Self.faint * best[index].score else { continue }
                extents[index] = union(extents[index], candidate)
            } else {
                best.append(candidate)
                extents.append(candidate)
            }
        }
        return extents
    }

    /// Moves a box whose middle lies beyond the right edge to where it continues.
    private func wrapped(_ candidate: Candidate) -> Candidate {
        guard let width = wrapsAt, candidate.middle.x >= width else { return candidate }
        var moved = candidate
        moved.x -= width
        return moved
    }

    /// Whether two boxes are of one thing.
    func isSame(_ first: Candidate, _ second: Candidate) -> Bool {
        guard first.subject == second.subject else { return false }
        let near = beside(first, second)
        let across = min(first.x + first.width, near.x + near.width) - max(first.x, near.x)
        let down = min(first.y + first.height, near.y + near.height) - max(first.y, near.y)
        guard across > 0, down > 0 else { return false }
        let shared = across * down
        return shared > Self.sameUnion * (first.area + second.area - shared)
            || shared > Self.sameSmaller * min(first.area, second.area)
    }

    /// `second` where it is nearest to `first`, once around the panorama if need be.
    private func beside(_ first: Candidate, _ second: Candidate) -> Candidate {
        guard let width = wrapsAt else { return second }
        var near = second
        let distance = second.middle.x - first.middle.x
        near.x += distance > width / 2 ? -width : distance < -width / 2 ? width : 0
        return near
    }

    private func union(_ extent: Candidate, _ candidate: Candidate) -> Candidate {
        let near = beside(extent, candidate)
        var union = extent
        union.x = min(extent.x, near.x)
        union.y = min(extent.y, near.y)
        union.width = max(extent.x + extent.width, near.x + near.width) - union.x
        union.height = max(extent.y + extent.height, near.y + near.height) - union.y
        return union
    }
}
