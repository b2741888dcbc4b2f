import Domain
import Foundation

/// Many pictures at once: what may be changed of each is decided for each, in the transaction that changes it.
package struct BulkStore: Sendable {
    let engine: any SQLEngine

    /// Pictures in one transaction, so that nobody waits for the writer long.
    static let batch = 200

    /// Changes each of the pictures, or says why not. A crash on the way leaves whole pictures changed and whole pictures
    /// not.
    ///
    /// Whether the viewer may send pictures to the camera label of the edit is decided before it comes to this.
    ///
    /// - Throws: `.notFound` when there is no such camera label; `.unprocessable` when too much is said of a picture.
    package func edit(
        _ ids: [PictureID], _ edit: PictureBulkEdit, by viewer: Viewer, at moment: Date = .now
    ) async throws -> BulkOutcome {
        var outcome = BulkOutcome(), move = BulkMove(places: [:], sets: [:]), touched: Set<SequenceID> = []
        for part in Self.unique(ids).parts(of: Self.batch) {
            let chosen = Array(part), before = move
            let done = try await engine.write { connection in
                var editing = BulkEditing(edit: edit, viewer: viewer, moment: moment, move: before)
                try editing.run(chosen, connection)
                return editing
            }
            outcome.add(done.outcome)
            touched.formUnion(done.touched)
            move = done.move
        }
        // Once all have moved: a sequence that is put in order on the way would be put in order many times.
        if edit.label != nil || edit.timeOffset != nil { try await rank(touched) }
        return outcome
    }

    private func rank(_ sequences: Set<SequenceID>) async throws {
        for id in sequences.sorted() {
            try await engine.write { connection in try SequenceStore.rank(id, at: .now, connection) }
        }
    }

    /// Takes the pictures out of sight at once and queues `erase`; one receipt for each two hundred.
    package func delete(
        _ ids: [PictureID], by viewer: Viewer, at moment: Date = .now
    ) async throws -> BulkOutcome {
        var outcome = BulkOutcome()
        for part in Self.unique(ids).parts(of: Self.batch) {
            let chosen = Array(part)
            outcome.add(
                try await engine.write { connection in
                    var done = BulkOutcome()
                    let pictures = try Self.editable(chosen, viewer, &done, connection).map(\.id)
                    guard let first = pictures.first else { return done }
                    let request = ErasureRequest(.picture, first, by: viewer, at: moment)
                    try request.begin(connection)
                    try PictureErasure.erase(
                        where: "id IN \(SQLStatement.list(pictures.map { .id($0) }))", as: request, at: moment,
                        connection)
                    for id in pictures { done.change(id) }
                    done.note(request.id)
                    return done
                })
        }
        return outcome
    }

    /// Queues those that are broken again.
    package func retry(_ ids: [PictureID], by viewer: Viewer) async throws -> BulkOutcome {
        var outcome = BulkOutcome()
        let chosen = Self.unique(ids), store = PictureStore(engine: engine)
        for part in chosen.parts(of: Self.batch) {
            let part = Array(part)
            let (pictures, refused) = try await engine.read { connection in
                var refused = BulkOutcome()
                return (try Self.editable(part, viewer, &refused, connection), refused)
            }
            outcome.add(refused)
            for picture in pictures {
                do {
                    try await store.retry(picture.id)
                    outcome.change(picture.id)
                } catch let failure as Failure where failure.code == .conflict || failure.code == .notFound {
                    outcome.keep(picture.id, .notBroken)
                }
            }
        }
        return outcome
    }

    /// Those of the pictures that the viewer may change, in the order in which they were asked for.
    static func editable(
        _ ids: [PictureID], _ viewer: Viewer, _ outcome: inout BulkOutcome, _ connection: any SQLConnection
    ) throws -> [Picture] {
        let sight = Sight(viewer)
        var known: [PictureID: (picture: Picture, mayEdit: Bool)] = [:]
        try connection.each(
            """
            SELECT \(PictureRow.plainColumns), CASE WHEN \(sight.edits("p")) THEN 1 ELSE 0 END FROM pictures p
            WHERE p.id IN \(SQLStatement.list(ids.map { .id($0) })) AND \(sight.sees(named: "p"))
            """
        ) { row in
            let picture = try PictureRow.picture(&row)
            known[picture.id] = (picture, row.bool())
        }
        var pictures: [Picture] = []
        for id in ids {
            guard let found = known[id] else {
                outcome.keep(id, .notFound)
                continue
            }
            if found.mayEdit { pictures.append(found.picture) } else { outcome.keep(id, .forbidden) }
        }
        return pictures
    }

    static func unique(_ ids: [PictureID]) -> [PictureID] {
        var known: Set<PictureID> = []
        return ids.filter { known.insert($0).inserted }
    }
}
