import Domain
import Foundation

/// Puts a plan into effect, inside one transaction.
struct Dispatch {
    let set: UploadSet
    let plan: DispatchPlan
    let moment: Date
    let connection: any SQLConnection

    /// Where a picture is now.
    private struct Place: Equatable {
        var sequence: SequenceID?
        var rank: Int?
        var heading: Double?
        var isHeadingComputed: Bool
    }

    func run() throws {
        let undecided = try DuplicateRemoval(set: set.id, moment: moment, connection: connection).remove(
            plan.duplicates)
        let known = try places()
        let before = try sequences()
        let parts = plan.parts.filter { !$0.isEmpty }
        let after = try makeSequences(for: parts, reusing: before.map(\.id), known)
        let visibilities = Dictionary(before.map { ($0.id, $0.visibility) }) { first, _ in first }
        try place(parts, in: after, known, visibilities)
        for id in before.map(\.id) where !after.contains(id) {
            try SequenceFigures.refreshOrDelete(id, at: moment, connection)
        }
        try ReportedPictures.follow(set.id, connection)
        try AudienceRule.apply(where: "upload_set_id = \(set.id)", connection)
        for id in after { try SequenceFigures.refreshOrDelete(id, at: moment, connection) }
        try connection.execute(
            """
            UPDATE upload_sets SET dispatched_at = \(moment), is_undecided = \(!undecided.isEmpty) WHERE id = \(set.id)
            """)
        if !undecided.isEmpty { try UploadSetLife.dispatchIfReady(set.id, at: moment, connection) }
    }

    /// What people have put together by hand, a batch that is cut anew leaves as it is.
    static func isOpen(_ pictures: StaticString) -> SQLStatement {
        """
        NOT EXISTS (SELECT 1 FROM sequences a WHERE a.id = \(raw: pictures).sequence_id AND a.mine_is_arranged = 1)
        """
    }

    private func sequences() throws -> [(id: SequenceID, visibility: Visibility)] {
        try connection.rows(
            """
            SELECT id, visibility FROM sequences
            WHERE upload_set_id = \(set.id) AND mine_is_arranged = 0 AND is_away = 0 ORDER BY part
            """
        ) { ($0.id(), try $0.word()) }
    }

    private func places() throws -> [PictureID: Place] {
        var known: [PictureID: Place] = [:]
        try connection.each(
            """
            SELECT id, sequence_id, rank, heading, heading_computed FROM pictures
            WHERE upload_set_id = \(set.id) AND erased_at IS NULL AND \(Self.isOpen("pictures"))
            """
        ) { row in
            let id = row.id(PictureID.self)
            known[id] = Place(
                sequence: row.optionalID(), rank: row.optionalInt(), heading: row.optionalDouble(),
                isHeadingComputed: row.bool())
        }
        return known
    }

    /// The sequences of the parts, in order: those that exist already, and new ones.
    private func makeSequences(
        for parts: [[DispatchPlan.Placement]], reusing known: [SequenceID], _ places: [PictureID: Place]
    ) throws -> [SequenceID] {
        var last = Int(
            try connection.number("SELECT COALESCE(MAX(part), 0) FROM sequences WHERE upload_set_id = \(set.id)"))
        return try PartMatching.match(parts.map { $0.map(\.id) }, to: known, places.compactMapValues(\.sequence))
            .map { match in
                if let match { return match }
                last += 1
                return try makeSequence(last, title: parts.count == 1 ? set.title : "\(set.title)-\(last)")
            }
    }

    private func makeSequence(_ part: Int, title: String) throws -> SequenceID {
        let id = SequenceID()
        try connection.execute(
            """
            INSERT INTO sequences
                (id, account_id, label_id, upload_set_id, part, title, visibility, sort_method, created_at,
                updated_at)
            VALUES (\(id), \(set.accountID), \(set.labelID), \(set.id), \(part),
                \(title), \(set.visibility.rawValue), \(set.rules.sortMethod.rawValue), \(moment), \(moment))
            """)
        try SemanticStore.inherit(id, from: set.id, connection)
        return id
    }

    /// Moves each picture to its place; only what changes is written.
    private func place(
        _ parts: [[DispatchPlan.Placement]], in sequences: [SequenceID], _ known: [PictureID: Place],
        _ visibilities: [SequenceID: Visibility]
    ) throws {
        var left = known
        func move(_ id: PictureID, from current: Place, to place: Place) throws {
            if place == current { return }
            if let old = current.sequence, old != place.sequence {
                let next = place.sequence.flatMap { visibilities[$0] } ?? set.visibility
                try keepHidden(id, from: visibilities[old] ?? next, to: next)
            }
            try write(place, of: id)
        }
        for (sequence, part) in zip(sequences, parts) {
            for (index, placement) in part.enumerated() {
                guard let current = left.removeValue(forKey: placement.id) else { continue }
                let place = Place(
                    sequence: sequence, rank: index + 1, heading: placement.heading,
                    isHeadingComputed: placement.isHeadingComputed)
                try move(placement.id, from: current, to: place)
            }
        }
        for (id, current) in left where current.sequence != nil {
            let place = Place(
                sequence: nil, rank: nil, heading: current.heading, isHeadingComputed: current.isHeadingComputed)
            try move(id, from: current, to: place)
        }
    }

    /// Who was not to see a picture because of the sequence it was in does not see it in another one either.
    private func keepHidden(_ id: PictureID, from old: Visibility, to next: Visibility) throws {
        guard Sight.audience(old) < Sight.audience(next) else { return }
        // An owner-only sequence hides all its pictures; any other says nothing of those that speak for themselves.
        let own: SQLStatement = old == .ownerOnly ? "1 = 1" : "own_visibility IS NULL"
        try connection.execute(
            "UPDATE pictures SET own_visibility = \(old.rawValue) WHERE id = \(id) AND \(own)")
    }

    private func write(_ place: Place, of id: PictureID) throws {
        try connection.execute(
            """
            UPDATE pictures SET sequence_id = \(place.sequence), rank = \(place.rank), heading = \(place.heading),
                heading_computed = \(place.isHeadingComputed), updated_at = \(moment),
                listed = CASE WHEN status = 'prepared' AND \(place.sequence != nil) = 1 THEN 1 ELSE 0 END
            WHERE id = \(id)
            """)
    }
}
