import Domain
import Foundation

/// Tags of upload sets, sequences and pictures. Whether somebody may change them is decided before it comes to this.
package struct SemanticStore: Sendable {
    let engine: any SQLEngine

    /// Carries out the changes in order, all or none. What an upload set is tagged with, its sequences are too.
    ///
    /// Throws `.invalid` for a pair that is there already or, to be deleted, is not; `.notFound` when the thing is gone;
    /// `.unprocessable` when too much is said of it.
    package func edit(_ subject: SemanticSubject, _ changes: [SemanticChange], by viewer: Viewer) async throws {
        let moment = Date.now
        try await engine.write { try Self.apply(changes, to: subject, by: viewer, at: moment, $0) }
    }

    static func apply(
        _ changes: [SemanticChange], to subject: SemanticSubject, by viewer: Viewer, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        try touch(subject, at: moment, connection)
        let table = TagTable(subject)
        for change in changes {
            switch change.action {
            case .add: try table.add(change.tag, connection)
            case .delete:
                guard try table.delete(change.tag, connection) else { throw TagTable.missing(change.tag) }
            }
        }
        try SemanticVolume.check(subject, connection)
        try TagHistory.record(changes, of: subject, by: viewer, at: moment, connection)
        guard case .uploadSet(let set) = subject else { return }
        try passOn(changes, of: set, by: viewer, at: moment, connection)
    }

    package func tags(of subject: SemanticSubject) async throws -> [SemanticTag] {
        try await engine.read { try TagTable(subject).tags($0) }
    }

    /// Newest first; for those who may change the tags. `before` is the number of the last edit of the page before.
    package func history(of subject: SemanticSubject, before: Int64?, limit: Int) async throws -> [SemanticEdit] {
        try await engine.read { try TagHistory.edits(of: subject, before: before, limit: limit, $0) }
    }

    /// Sequences follow their upload set where they differ from it: what they have or lack already is no fault.
    private static func passOn(
        _ changes: [SemanticChange], of set: UploadSetID, by viewer: Viewer, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        let sequences = try connection.rows("SELECT id FROM sequences WHERE upload_set_id = \(set)") {
            $0.id(SequenceID.self)
        }
        for id in sequences {
            let table = TagTable(.sequence(id))
            let made = try changes.filter { change in
                switch change.action {
                case .add: try table.insert(change.tag, connection)
                case .delete: try table.delete(change.tag, connection)
                }
            }
            guard !made.isEmpty else { continue }
            try touch(.sequence(id), at: moment, connection)
            try TagHistory.record(made, of: .sequence(id), by: viewer, at: moment, connection)
        }
    }

    /// A new sequence begins with the tags of its upload set.
    static func inherit(_ sequence: SequenceID, from set: UploadSetID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO sequence_tags (sequence_id, key, value)
            SELECT \(sequence), key, value FROM upload_set_tags WHERE upload_set_id = \(set)
            """)
    }

    /// Notes that a thing has changed; throws `.notFound` when it is gone.
    static func touch(_ subject: SemanticSubject, at moment: Date, _ connection: any SQLConnection) throws {
        switch subject {
        case .uploadSet(let id): _ = try UploadSetStore.visibility(of: id, connection)
        case .sequence(let id):
            let count = try connection.execute("UPDATE sequences SET updated_at = \(moment) WHERE id = \(id)")
            guard count == 1 else { throw Failure.notFound("sequence") }
        case .picture(let id):
            let count = try connection.execute(
                "UPDATE pictures SET updated_at = \(moment) WHERE id = \(id) AND erased_at IS NULL")
            guard count == 1 else { throw Failure.notFound("picture") }
        case .annotation(let id):
            guard try connection.exists("SELECT 1 FROM annotations WHERE id = \(id)") else {
                throw Failure.notFound("annotation")
            }
        }
    }
}
