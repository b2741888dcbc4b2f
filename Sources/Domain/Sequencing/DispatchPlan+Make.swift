extension DispatchPlan {
    /// Cuts a batch into sequences by the rules of its upload set: sort, split, drop near-duplicates, complete
    /// the headings. Pure, and in proportion to the number of pictures (but for the sort).
    package static func make(from candidates: DispatchCandidates) -> DispatchPlan {
        let rules = candidates.set.rules
        let order = SequenceOrder(of: candidates.pictures, by: rules.sortMethod)
        let cuts = SequenceCuts(distance: rules.splitDistance, time: rules.splitTime)
        var duplicates: [PictureID: Rejection] = [:]
        let parts = cuts.parts(of: order).map { part in
            var filter = NearDuplicates(rules)
            let kept = part.filter { picture in
                guard let rejection = filter.rejection(of: picture) else { return true }
                duplicates[picture.id] = rejection
                return false
            }
            return MovementHeadings.placements(of: kept, relativeHeading: rules.relativeHeading)
        }
        return DispatchPlan(parts: parts, duplicates: duplicates)
    }

    /// The pictures of one sequence in another order, headings completed; nothing is cut or left out.
    package static func arrange(
        _ pictures: [DispatchCandidates.Candidate], by method: DispatchRules.SortMethod, relativeHeading: Double?
    ) -> [Placement] {
        let order = SequenceOrder(of: pictures, by: method)
        let cuts = SequenceCuts(distance: nil, time: nil)
        return cuts.parts(of: order).flatMap { MovementHeadings.placements(of: $0, relativeHeading: relativeHeading) }
    }
}
