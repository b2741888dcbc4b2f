/// Where one trip ends and the next begins: a gap longer than so many seconds, or wider than so many metres.
struct SequenceCuts {
    /// Metres; nil never cuts.
    let distance: Double?
    /// Seconds; nil never cuts.
    let time: Double?

    func parts(of order: SequenceOrder) -> [[SequenceOrder.Candidate]] {
        var parts: [[SequenceOrder.Candidate]] = []
        var part: [SequenceOrder.Candidate] = []
        for picture in order.pictures {
            if let previous = part.last, isCut(between: previous, and: picture, order) {
                parts.append(part)
                part = []
            }
            part.append(picture)
        }
        return part.isEmpty ? parts : parts + [part]
    }

    private func isCut(
        between first: SequenceOrder.Candidate, and second: SequenceOrder.Candidate, _ order: SequenceOrder
    ) -> Bool {
        if let time, order.seconds(between: first, and: second) > time { return true }
        if let distance, first.position.distance(to: second.position) > distance { return true }
        return false
    }
}
