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
        try removeDuplicates()
        let before = try sequences()
        let after = try makeSequences(reusing: before)
        try place(plan.parts.filter { !$0.isEmpty }, in: after)
        for id in before.dropFirst(after.count) { try SequenceFigures.refreshOrDelete(id, at: moment, connection) }
        try ReportedPictures.follow(set.id, connection)
        try AudienceRule.apply(where: "upload_set_id = \(set.id)", connection)
        for id in after { try SequenceFigures.refreshOrDelete(id, at: moment, connection) }
        try connection.execute("UPDATE upload_sets SET dispatched_at = \(moment) WHERE id = \(set.id)")
    }

    private func removeDuplicates() throws {
        for (id, rejection) in plan.duplicates {
            let mine: SQLStatement = "id = \(id) AND upload_set_id = \(set.id)"
            guard try connection.exists("SELECT 1 FROM pictures WHERE \(mine) AND erased_at IS NULL") else { continue }
            try PictureStore.record(rejection, on: id, connection)
            try PictureErasure.hide(where: mine, at: moment, connection)
        }
    }

    private func sequences() throws -> [SequenceID] {
        try connection.rows("SELECT id FROM sequences WHERE upload_set_id = \(set.id) ORDER BY part") { $0.id() }
    }

    /// The sequences of the parts, in order: those that exist, then new ones.
    private func makeSequences(reusing known: [SequenceID]) throws -> [SequenceID] {
        let count = plan.parts.count { !$0.isEmpty }
        var result = Array(known.prefix(count))
        let last = try connection.number("SELECT COALESCE(MAX(part), 0) FROM sequences WHERE upload_set_id = \(set.id)")
        while result.count < count {
            let id = SequenceID()
            let title = count == 1 ? set.title : "\(set.title)-\(result.count + 1)"
            try connection.execute(
                """
                INSERT INTO sequences
                    (id, account_id, label_id, upload_set_id, part, title, visibility, sort_method, created_at,
                    updated_at)
                VALUES (\(id), \(set.accountID), \(set.labelID), \(set.id), \(Int(last) + result.count + 1),
                    \(title), \(set.visibility.rawValue), \(set.rules.sortMethod.rawValue), \(moment), \(moment))
                """)
            try SemanticStore.inherit(id, from: set.id, connection)
            result.append(id)
        }
        return result
    }

    /// Moves each picture to its place; only what changes is written.
    private func place(_ parts: [[DispatchPlan.Placement]], in sequences: [SequenceID]) throws {
        var known: [PictureID: Place] = [:]
        try connection.each(
            """
            SELECT id, sequence_id, rank, heading, heading_computed FROM pictures
            WHERE upload_set_id = \(set.id) AND erased_at IS NULL
            """
        ) { row in
            let id = row.id(PictureID.self)
            known[id] = Place(
                sequence: row.optionalID(), rank: row.optionalInt(), heading: row.optionalDouble(),
                isHeadingComputed: row.bool())
        }
        for (sequence, part) in zip(sequences, parts) {
            for (index, placement) in part.enumerated() {
                guard let current = known.removeValue(forKey: placement.id) else { continue }
                let place = Place(
                    sequence: sequence, rank: index + 1, heading: placement.heading,
                    isHeadingComputed: placement.isHeadingComputed)
                if place != current { try write(place, of: placement.id) }
            }
        }
        for (id, place) in known where place.sequence != nil {
            try write(
                Place(sequence: nil, rank: nil, heading: place.heading, isHeadingComputed: place.isHeadingComputed),
                of: id)
        }
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
