import Domain
import Foundation

/// Sequences that people put together: split and merged. Each is one transaction, all or nothing; a batch that is cut anew
/// leaves what came of it as it is.
extension SequenceStore {
    /// The most pictures of a sequence that comes of a merge.
    package static let mostMerged = 50_000

    /// Splits off the picture and all after it, as a new sequence. Its id.
    ///
    /// - Parameter title: of the new one; nil: as the old one, with a 2.
    /// - Throws: `.notFound`, also of a picture of another sequence; `.unprocessable` when nothing would be left;
    ///   `.conflict` while a report about it waits, `.preconditionFailed` when it has changed since `version`.
    package func split(
        _ id: SequenceID, at picture: PictureID, title: String? = nil, by viewer: Viewer,
        ifUpdatedAt version: Date? = nil
    ) async throws -> SequenceID {
        let moment = Date.now
        return try await engine.write { connection in
            let known = try Self.known(id, connection)
            try Precondition.check(version, "SELECT updated_at FROM sequences WHERE id = \(id)", connection)
            try Self.refuseReported([id], connection)
            let rank = try connection.first(
                "SELECT rank FROM pictures WHERE id = \(picture) AND sequence_id = \(id) AND erased_at IS NULL"
            ) { $0.int() }
            guard let rank else { throw Failure.notFound("picture") }
            guard try connection.exists("SELECT 1 FROM pictures WHERE sequence_id = \(id) AND rank < \(rank)") else {
                throw Failure(
                    .unprocessable, "A sequence is split before a picture that is not its first.",
                    details: ["reason": "first_picture"])
            }
            let part = PictureSequence(
                accountID: known.accountID, labelID: known.labelID, uploadSetID: known.uploadSetID,
                title: title ?? "\(known.title.prefix(240)) (2)", visibility: known.visibility,
                sortMethod: known.sortMethod, createdAt: moment, updatedAt: moment)
            try Self.insertArranged(part, tagsOf: id, connection)
            try connection.execute(
                """
                UPDATE pictures SET sequence_id = \(part.id), rank = rank - \(rank - 1), updated_at = \(moment)
                WHERE sequence_id = \(id) AND rank >= \(rank)
                """)
            // What may be taken back goes back to where it would be.
            try connection.execute(
                """
                UPDATE removal_pictures SET sequence_id = \(part.id), rank = rank - \(rank - 1)
                WHERE sequence_id = \(id) AND rank >= \(rank)
                """)
            for each in [id, part.id] { try SequenceFigures.refresh(each, at: moment, connection) }
            try AuditStore.insert(
                "sequence.split", by: viewer, subject: id.string, details: ["new": part.id.string], at: moment,
                connection)
            return part.id
        }
    }

    /// Puts the pictures of the others into the first, which stays; in the order of its sort method. Who was not to see a
    /// picture because of the sequence it was in does not see it in the other one either.
    ///
    /// - Throws: `.notFound`; `.unprocessable` for fewer than two, for those of several accounts, camera labels or servers
    ///   before this one, and for too many pictures; `.conflict` while a report about one of them waits, or a picture is
    ///   not prepared.
    package func merge(_ ids: [SequenceID], title: String? = nil, by viewer: Viewer) async throws {
        let moment = Date.now
        guard let first = ids.first, ids.count >= 2, Set(ids).count == ids.count else {
            throw Failure(.unprocessable, "Two or more different sequences can be merged.")
        }
        try await engine.write { connection in
            let target = try Self.known(first, connection)
            let others = try ids.dropFirst().map { try Self.known($0, connection) }
            try Self.refuseReported(ids, connection)
            try Self.refuseStrangers(target, others, connection)
            for other in others { try Self.take(other, into: target, at: moment, connection) }
            try connection.execute(
                """
                UPDATE sequences SET mine_is_arranged = 1, title = \(title ?? target.title), updated_at = \(moment)
                WHERE id = \(first)
                """)
            try AudienceRule.apply(where: "sequence_id = \(first)", connection)
            try Self.rank(first, at: moment, connection)
            try AuditStore.insert(
                "sequence.merged", by: viewer, subject: first.string,
                details: ["merged": others.map(\.id.string).joined(separator: ",")], at: moment, connection)
        }
    }

    private static func take(
        _ other: PictureSequence, into target: PictureSequence, at moment: Date, _ connection: any SQLConnection
    ) throws {
        // They may be taken back, and go where the others went.
        let waiting: SQLStatement = "SELECT picture_id FROM removal_pictures WHERE sequence_id = \(other.id)"
        if Sight.audience(other.visibility) < Sight.audience(target.visibility) {
            let own: SQLStatement = other.visibility == .ownerOnly ? "1 = 1" : "own_visibility IS NULL"
            try connection.execute(
                """
                UPDATE pictures SET own_visibility = \(other.visibility.rawValue)
                WHERE (sequence_id = \(other.id) OR id IN (\(waiting))) AND \(own)
                """)
        }
        try connection.execute("UPDATE pictures SET upload_set_id = \(target.uploadSetID) WHERE id IN (\(waiting))")
        try connection.execute("UPDATE removal_pictures SET sequence_id = \(target.id) WHERE sequence_id = \(other.id)")
        try connection.execute(
            """
            UPDATE pictures SET sequence_id = \(target.id), upload_set_id = \(target.uploadSetID), updated_at = \(moment)
            WHERE sequence_id = \(other.id)
            """)
        try connection.execute(
            """
            INSERT INTO sequence_tags (sequence_id, key, value)
            SELECT \(target.id), key, value FROM sequence_tags WHERE sequence_id = \(other.id) ON CONFLICT DO NOTHING
            """)
        try connection.execute("DELETE FROM sequences WHERE id = \(other.id)")
    }

    private static func refuseStrangers(
        _ target: PictureSequence, _ others: [PictureSequence], _ connection: any SQLConnection
    ) throws {
        let all = [target] + others
        guard Set(all.map(\.accountID)).count == 1, Set(all.map(\.labelID)).count == 1 else {
            throw Failure(
                .unprocessable,
                "Only sequences of one account and one camera label can be merged. Move the pictures to one label first.",
                details: ["reason": "other_label"])
        }
        let list = SQLStatement.list(all.map { .id($0.id) })
        let origins = try connection.number(
            """
            SELECT COUNT(DISTINCT COALESCE(u.lineage, '')) FROM sequences s JOIN upload_sets u ON u.id = s.upload_set_id
            WHERE s.id IN \(list)
            """)
        guard origins == 1 else {
            throw Failure(
                .unprocessable, "Only sequences that came here the same way can be merged.",
                details: ["reason": "lineage"])
        }
        let inOneSet = Set(all.map(\.uploadSetID)).count == 1
        let isUnready = try connection.exists("SELECT 1 FROM pictures WHERE sequence_id IN \(list) AND listed = 0")
        guard inOneSet || !isUnready else {
            throw Failure(
                .conflict,
                "Pictures of these sequences are being prepared or are broken: merge them when all are ready.",
                details: ["reason": "not_prepared"])
        }
        guard try connection.number("SELECT COUNT(*) FROM pictures WHERE sequence_id IN \(list)") <= mostMerged else {
            throw Failure(.unprocessable, "A merged sequence has at most 50,000 pictures.")
        }
    }

    private static func known(_ id: SequenceID, _ connection: any SQLConnection) throws -> PictureSequence {
        let known = try connection.first(
            "SELECT \(SequenceRow.columns) FROM sequences s WHERE s.id = \(id) AND s.is_away = 0"
        ) { try SequenceRow.sequence(&$0) }
        guard let known else { throw Failure.notFound("sequence") }
        return known
    }

    private static func refuseReported(_ ids: [SequenceID], _ connection: any SQLConnection) throws {
        for id in ids where try isReported(id, connection) {
            throw Failure(
                .conflict, "A report about this sequence waits: it can be changed when that is answered.",
                details: ["reason": "reported"])
        }
    }

    /// Whether a report about the sequence as a whole waits.
    static func isReported(_ id: SequenceID, _ connection: any SQLConnection) throws -> Bool {
        try connection.exists("SELECT 1 FROM reports WHERE sequence_id = \(id) AND status = 'waiting'")
    }

    /// A sequence that people have made, with the tags of another; the last part of its upload set.
    static func insertArranged(
        _ sequence: PictureSequence, tagsOf other: SequenceID, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO sequences
                (id, account_id, label_id, upload_set_id, part, title, visibility, sort_method, created_at,
                updated_at, mine_is_arranged)
            SELECT \(sequence.id), \(sequence.accountID), \(sequence.labelID), \(sequence.uploadSetID),
                (SELECT COALESCE(MAX(part), 0) + 1 FROM sequences WHERE upload_set_id = \(sequence.uploadSetID)),
                \(sequence.title), \(sequence.visibility.rawValue), \(sequence.sortMethod.rawValue),
                \(sequence.createdAt), \(sequence.updatedAt), 1
            """)
        try connection.execute(
            """
            INSERT INTO sequence_tags (sequence_id, key, value)
            SELECT \(sequence.id), key, value FROM sequence_tags WHERE sequence_id = \(other)
            """)
    }

    /// Ranks anew by its sort method, headings as they are; nothing when it is gone.
    static func rank(_ id: SequenceID, at moment: Date, _ connection: any SQLConnection) throws {
        let known = try connection.first("SELECT \(SequenceRow.columns) FROM sequences s WHERE s.id = \(id)") {
            try SequenceRow.sequence(&$0)
        }
        guard let known else { return }
        let pictures = try candidates(where: "p.sequence_id = \(id) AND p.captured_at IS NOT NULL", connection)
        for (index, place) in DispatchPlan.arrange(pictures, by: known.sortMethod, relativeHeading: nil).enumerated() {
            try connection.execute(
                """
                UPDATE pictures SET rank = \(index + 1), updated_at = \(moment)
                WHERE id = \(place.id) AND rank <> \(index + 1)
                """)
        }
        try SequenceFigures.refreshOrDelete(id, at: moment, connection)
    }
}
