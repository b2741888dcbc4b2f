import Domain
import Foundation

/// Pictures on their way to another camera label.
///
/// A sequence and an upload set belong to one label each, so what leaves a sequence goes to a new sequence of a new upload
/// set there: the same title, visibility, tags and rules. Over several transactions the same ones are used.
struct BulkMove: Sendable {
    /// By the sequence that pictures leave.
    var places: [SequenceID: (set: UploadSetID, sequence: SequenceID)]
    /// By the upload set that pictures leave.
    var sets: [UploadSetID: UploadSetID]

    /// Figures and audiences are left to the caller. The sequences they came to, and those of them that are new.
    mutating func carryOut(
        _ pictures: [Picture], to target: BulkTarget, by viewer: Viewer, at moment: Date,
        _ connection: any SQLConnection
    ) throws -> (all: Set<SequenceID>, new: [SequenceID]) {
        var all: Set<SequenceID> = [], new: [SequenceID] = []
        for picture in pictures {
            guard let source = picture.sequenceID else { continue }
            let known = places[source]
            let place = try known ?? makePlace(from: source, picture.uploadSetID, target, at: moment, connection)
            if known == nil { new.append(place.sequence) }
            places[source] = place
            all.insert(place.sequence)
            try connection.execute(
                """
                UPDATE pictures SET label_id = \(target.label.id), upload_set_id = \(place.set),
                    sequence_id = \(place.sequence)
                WHERE id = \(picture.id)
                """)
            try lookAgain(picture, target, at: moment, connection)
        }
        return (all, new)
    }

    /// Where the label hides something else, its pictures are looked through as it says; what cannot be shown again because
    /// its original is gone stays hidden.
    private func lookAgain(
        _ picture: Picture, _ target: BulkTarget, at moment: Date, _ connection: any SQLConnection
    ) throws {
        let before = try connection.first("SELECT redaction FROM camera_labels WHERE id = \(picture.labelID)") {
            try $0.json(RedactionPolicy.self)
        }
        guard before != target.label.redaction else { return }
        try BulkTurn.requestRun(of: picture.id, at: moment, connection)
    }

    private mutating func makePlace(
        from source: SequenceID, _ old: UploadSetID, _ target: BulkTarget, at moment: Date,
        _ connection: any SQLConnection
    ) throws -> (set: UploadSetID, sequence: SequenceID) {
        let known = try connection.first("SELECT \(SequenceRow.columns) FROM sequences s WHERE s.id = \(source)") {
            try SequenceRow.sequence(&$0)
        }
        guard let known else { throw Failure.notFound("sequence") }
        let set = try sets[old] ?? makeSet(like: old, target, at: moment, connection)
        sets[old] = set
        let sequence = PictureSequence(
            accountID: known.accountID, labelID: target.label.id, uploadSetID: set, title: known.title,
            visibility: known.visibility, sortMethod: known.sortMethod, createdAt: moment, updatedAt: moment)
        try SequenceStore.insertArranged(sequence, tagsOf: source, connection)
        return (set, sequence.id)
    }

    private func makeSet(
        like old: UploadSetID, _ target: BulkTarget, at moment: Date, _ connection: any SQLConnection
    ) throws -> UploadSetID {
        let known = try connection.first("SELECT \(UploadSetRow.columns) FROM upload_sets u WHERE u.id = \(old)") {
            try UploadSetRow.set(&$0)
        }
        guard let known else { throw Failure.notFound("upload set") }
        let set = UploadSet(
            accountID: known.accountID, labelID: target.label.id, title: known.title, rules: known.rules,
            visibility: known.visibility, lineage: known.lineage, createdAt: moment, completedAt: moment,
            dispatchedAt: moment)
        try UploadSetStore.insert(set, connection)
        try connection.execute(
            """
            INSERT INTO upload_set_tags (upload_set_id, key, value)
            SELECT \(set.id), key, value FROM upload_set_tags WHERE upload_set_id = \(old)
            """)
        return set.id
    }
}
