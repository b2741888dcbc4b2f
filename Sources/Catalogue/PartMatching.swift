import Domain

/// As which sequence each part of a batch that is cut anew goes on.
enum PartMatching {
    /// For each part the sequence that it shares most pictures with, so that what was said of a trip stays with that trip;
    /// else one that was made before its pictures and still has none; nil for a new one.
    ///
    /// - Parameter places: where pictures are now.
    static func match(
        _ parts: [[PictureID]], to sequences: [SequenceID], _ places: [PictureID: SequenceID]
    ) -> [SequenceID?] {
        var chosen = [SequenceID?](repeating: nil, count: parts.count)
        var free = Set(sequences)
        for pair in pairs(parts, sequences, places) where chosen[pair.part] == nil && free.contains(pair.sequence) {
            chosen[pair.part] = pair.sequence
            free.remove(pair.sequence)
        }
        let used = Set(places.values)
        var empty = sequences.filter { free.contains($0) && !used.contains($0) }[...]
        for index in chosen.indices where chosen[index] == nil { chosen[index] = empty.popFirst() }
        return chosen
    }

    /// Parts and sequences with pictures in common, those with most of them first.
    private static func pairs(
        _ parts: [[PictureID]], _ sequences: [SequenceID], _ places: [PictureID: SequenceID]
    ) -> [(part: Int, sequence: SequenceID)] {
        let order = Dictionary(uniqueKeysWithValues: zip(sequences, sequences.indices))
        var pairs: [(part: Int, sequence: SequenceID, shared: Int, order: Int)] = []
        for (index, part) in parts.enumerated() {
            var shared: [SequenceID: Int] = [:]
            for id in part { if let sequence = places[id] { shared[sequence, default: 0] += 1 } }
            for (sequence, count) in shared {
                guard let place = order[sequence] else { continue }
                pairs.append((index, sequence, count, place))
            }
        }
        return pairs.sorted { ($1.shared, $0.part, $0.order) < ($0.shared, $1.part, $1.order) }
            .map { ($0.part, $0.sequence) }
    }
}
