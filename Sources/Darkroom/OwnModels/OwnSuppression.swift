/// Leaves one box of each thing that several windows, scales or candidates have found.
package struct OwnSuppression: Sendable {
    /// The work grows with the square.
    private static let most = 3000

    /// Two boxes of a class whose overlap is a larger part of their union are one thing.
    private let overlap: Double
    /// A panorama's width in pixels: there the right edge goes on at the left one.
    private let wrapsAt: Double?

    package init(overlap: Double, wrapsAt width: Int? = nil) {
        self.overlap = overlap
        wrapsAt = width.map(Double.init)
    }

    /// The best of each, best first.
    package func survivors(of boxes: [ModelBox]) -> [ModelBox] {
        var kept: [ModelBox] = []
        for box in boxes.map(wrapped).sorted(by: { $0.score > $1.score }).prefix(Self.most)
        where !kept.contains(where: { isSame($0, box) }) {
            kept.append(box)
        }
        return kept
    }

    /// Moves a box whose middle lies beyond the right edge to where it continues.
    private func wrapped(_ box: ModelBox) -> ModelBox {
        guard let width = wrapsAt, box.x + box.width / 2 >= width else { return box }
        var moved = box
        moved.x -= width
        return moved
    }

    private func isSame(_ first: ModelBox, _ second: ModelBox) -> Bool {
        guard first.classIndex == second.classIndex else { return false }
        var second = second
        if let width = wrapsAt {
            let distance = second.x + second.width / 2 - first.x - first.width / 2
            second.x += distance > width / 2 ? -width : distance < -width / 2 ? width : 0
        }
        let across = min(first.right, second.right) - max(first.x, second.x)
        let down = min(first.bottom, second.bottom) - max(first.y, second.y)
        guard across > 0, down > 0 else { return false }
        return across * down > overlap * (first.area + second.area - across * down)
    }
}
